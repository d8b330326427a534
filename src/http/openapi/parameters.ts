import type { Operation } from '../operation.ts';
import type { Json, SchemaBook } from './schemas.ts';

const PURPOSE = {
  name: 'X-Purpose',
  in: 'header',
  description:
    'Purpose of the request, stored in the audit log; never a name or number of a person. Arabic and accents as UTF-8 or percent-encoded. Some services require a purpose for non-CLEAR data.',
  schema: { type: 'string', maxLength: 200 },
  example: 'Joint patrol planning',
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description:
    'The ETag of the last read: 412 if the resource has changed since. Without it no version is compared.',
  schema: { type: 'string' },
};

/** Describes the parameters of operations; those with a lower-case id, such as `limit`, are shared. */
export function createParameterBook(book: SchemaBook) {
  const shared = new Map<string, Json>();

  const share = (id: string, parameter: Json): Json => {
    const known = shared.get(id) ?? parameter;
    if (JSON.stringify(known) !== JSON.stringify(parameter))
      throw new Error(`Two different parameters are called ${id}: rename one.`);
    shared.set(id, parameter);
    return { $ref: `#/components/parameters/${id}` };
  };

  const describePlace = (op: Operation, place: 'path' | 'query'): Json[] => {
    const schema = place === 'path' ? op.params : op.query;
    if (!schema) return [];
    const object = book.describe(schema, 'input');
    const { properties = {}, required = [] } = (book.lookUp(object, 'input')?.schema ??
      object) as ObjectSchema;
    const examples = (place === 'path' ? op.examples?.params : op.examples?.query) ?? {};
    return Object.entries(properties).map(([name, property]) => {
      const { id, schema } = resolve(book, property);
      const isRequired = place === 'path' || required.includes(name);
      const parameter = parameterOf({ name, in: place, required: isRequired }, schema, book);
      if (Object.hasOwn(examples, name)) return { ...parameter, example: exampleFor(schema, examples[name]) };
      return id === undefined ? parameter : share(id, parameter);
    });
  };

  return {
    describe: (op: Operation): Json[] => [
      ...describePlace(op, 'path'),
      ...describePlace(op, 'query'),
      ...Object.entries(op.headers ?? {}).map(([name, description]) =>
        share(name.toLowerCase(), { name, in: 'header', description, schema: { type: 'string' } }),
      ),
      ...(op.problems.includes(412) ? [share('if-match', IF_MATCH)] : []),
      share('purpose', PURPOSE),
    ],
    shared: (): Json => Object.fromEntries([...shared].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

interface ObjectSchema {
  properties?: Record<string, Json>;
  required?: string[];
}

/** Replaces a reference by the shared schema of the parameter. */
function resolve(book: SchemaBook, property: Json): { id?: string; schema: Json } {
  const { allOf, ...rest } = property as Json & { allOf?: Json[] };
  const found = book.lookUp(allOf?.length === 1 ? allOf[0]! : property, 'input');
  if (!found || !/^[a-z]/.test(found.id)) return { schema: property };
  return allOf ? { schema: { ...found.schema, ...rest } } : found;
}

function parameterOf(
  place: { name: string; in: string; required: boolean },
  schema: Json,
  book: SchemaBook,
): Json {
  const { description, example, deprecated, ...rest } = schema;
  const named = onlyReference(rest);
  const target = book.lookUp(named ?? schema, 'input')?.schema ?? schema;
  const { required, ...where } = place;
  return {
    ...where,
    ...(required && { required }),
    description: description ?? target.description,
    ...(deprecated === true && { deprecated }),
    // differs from the defaults only for lists; QGIS accepts only parameters that state it
    ...(place.in === 'query' && { style: 'form', explode: false }),
    schema: named ?? rest,
    ...(example !== undefined && { example: exampleFor(schema, example) }),
  };
}

/** Unwraps `allOf`, which separates a reference from its description; a parameter has its own description. */
const onlyReference = ({ allOf, ...beside }: Json & { allOf?: Json[] }): Json | undefined =>
  allOf?.length === 1 && Object.keys(beside).length === 0 ? allOf[0] : undefined;

/** A list in the URL is comma-separated text; its example is a list. */
function exampleFor({ type, items }: Json, example: unknown): unknown {
  if (type !== 'array' || typeof example !== 'string') return example;
  const isNumeric = (items as Json | undefined)?.type === 'number';
  return example.split(',').map((part) => (isNumeric ? Number(part) : part));
}
