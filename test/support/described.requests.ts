import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describeTripoint } from '../../src/app.ts';
import type { Answer, Asking } from './http.client.ts';
import { type Schema, valuesOf } from './schema.arbitrary.ts';

interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  example?: unknown;
  schema: Schema & { example?: unknown };
}

export interface DescribedRequest {
  operationId: string;
  method: string;
  path: string;
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema; example?: unknown }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: object }> }>;
}

const document = JSON.parse(JSON.stringify(describeTripoint().document('/v1')));
const named: Record<string, Schema> = document.components.schemas;

export const describedRequests: DescribedRequest[] = Object.entries<Record<string, DescribedRequest>>(
  document.paths,
).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ ...one, method, path })));

export const resolved = <T extends { $ref?: string }>(value: T): T =>
  value.$ref
    ? value.$ref
        .slice(2)
        .split('/')
        .reduce((part, name) => part[name], document)
    : value;

/** What the document cannot say of these texts; the test says it by its values. Absent ones come from earlier answers. */
const BY_NAME: Record<string, fc.Arbitrary<unknown>> = {
  bbox: fc.constantFrom('7,30,12,37', '8.5,33,9.5,34', '8,33,0,9,34,100'),
  datetime: fc.constantFrom('2026-01-01', '../2026-11-01', '2026-01-01T00:00:00Z/..', '2026-01-01/P1M'),
  within: fc.constant('POLYGON ((8 33, 9 33, 9 34, 8 33))'),
  filter: fc.constant('TRUE'),
  'filter-lang': fc.constant('cql2-text'),
  'bbox-crs': fc.constant('http://www.opengis.net/def/crs/OGC/1.3/CRS84'),
};
/** The same for members of a body. */
const BY_BODY: Record<string, fc.Arbitrary<object>> = {
  searchItems: fc.record(
    {
      bbox: fc.constantFrom([7, 30, 12, 37], '8.5,33,9.5,34'),
      datetime: BY_NAME.datetime!,
      filter: fc.constantFrom('TRUE', { op: 'not', args: [false] }),
      intersects: fc.constant({ type: 'Point', coordinates: [8, 33] }),
      limit: fc.integer({ min: 1, max: 20_000 }),
    },
    { requiredKeys: [] },
  ),
};
const FROM_ANSWERS = new Set(['cursor', 'after', 'until', 'version']);

/** A list in an address is text with commas, so its members have none. */
const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => String(one).replaceAll(',', ' ')).join() : String(value);

/** Requests that the document allows. */
export function requestsTo({
  operationId,
  path,
  method,
  parameters = [],
  requestBody,
}: DescribedRequest): fc.Arbitrary<Asking> {
  const all = parameters.map(resolved).filter((one) => one.in !== 'header' && !FROM_ANSWERS.has(one.name));
  const values = all.map((one) => [one.name, BY_NAME[one.name] ?? valuesOf(one.schema, named)] as const);
  const requiredKeys = all.filter(({ required }) => required).map(({ name }) => name);
  return fc
    .record({
      given: fc.record(Object.fromEntries(values), { requiredKeys }),
      sent: bodiesOf(requestBody, BY_BODY[operationId]),
      Accept: fc.constantFrom('application/json', 'text/html', '*/*'),
    })
    .map(({ given, sent, Accept }) => {
      const query = new URLSearchParams();
      let address = path;
      for (const { name, in: place } of all.filter(({ name }) => Object.hasOwn(given, name))) {
        const text = textOf((given as Record<string, unknown>)[name]);
        if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(text));
        else query.set(name, text);
      }
      return { path: `${address}?${query}`, method, headers: { Accept }, ...sent };
    });
}

function bodiesOf(
  requestBody: DescribedRequest['requestBody'],
  known: fc.Arbitrary<object> | undefined,
): fc.Arbitrary<Pick<Asking, 'body' | 'mediaType'>> {
  if (!requestBody) return fc.constant({});
  const { example } = Object.values(requestBody.content)[0]!;
  const bodies = Object.entries(requestBody.content).map(([mediaType, { schema }]) => {
    const body =
      schema.format === 'binary' ? fc.constant(example ?? '{}') : (known ?? valuesOf(schema, named));
    return body.map((one) => ({ mediaType, body: one as object }));
  });
  return fc.oneof(...bodies);
}

const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
formats.default(ajv);
ajv.addSchema(document, 'document');
const validators = new Map<string, ReturnType<Ajv['compile']>>();

function schemaFault(schema: object, body: unknown): string | undefined {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"document#/components');
  const validate = validators.get(text) ?? ajv.compile(JSON.parse(text));
  validators.set(text, validate);
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}

/** What of an answer the document does not say; undefined: nothing. */
export function undocumented(
  { responses }: DescribedRequest,
  { status, headers, body }: Answer,
): string | undefined {
  if (status >= 500) return `${status} is a failure of the service`;
  if (!responses[status] && status < 400) return `${status} is not described`;
  const { content } = resolved(responses[status] ?? responses.default!);
  const mediaType = headers.get('content-type')?.split(';')[0];
  if (!content) return mediaType && `no ${mediaType} is described`;
  const described = content[mediaType!];
  if (!described) return `${status} ${mediaType} is not described`;
  return mediaType!.endsWith('json') && described.schema ? schemaFault(described.schema, body) : undefined;
}

/** Members of an object in the document: their names with whether they are required, two levels deep. */
export function membersOf(given: Schema, path: string[] = []): { path: string[]; isRequired: boolean }[] {
  const schema = flat(given);
  const { properties = {}, required = [] } = schema;
  const names = [...new Set([...Object.keys(properties), ...required])];
  return names.flatMap((name) => {
    const here = [...path, name];
    const inner = path.length === 0 && properties[name] ? membersOf(properties[name], here) : [];
    return [{ path: here, isRequired: required.includes(name) }, ...inner];
  });
}

const flat = (schema: Schema): Schema => {
  const found = schema.$ref ? named[schema.$ref.split('/').at(-1)!]! : schema;
  return found.allOf?.length === 1 ? flat(found.allOf[0]!) : found;
};
