import type { z } from 'zod';
import { ROLES, type Role } from '../../core/caller.ts';
import { API_BASE } from '../api.path.ts';
import { JSON_MEDIA_TYPES, type Operation, type ResponseSpec } from '../operation.ts';
import { createParameterBook } from './parameters.ts';
import { problemReferences, problemResponses } from './problems.ts';
import { createSchemaBook, type Json, type SchemaBook } from './schemas.ts';

interface ApiInfo {
  title: string;
  version: string;
  description?: string;
  license?: { name: string; url?: string };
}

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'Authorization: Bearer with a key of this service or, if an OpenID provider is configured, its access token (a JWT with claims for agency and roles).',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The key in its own header.' },
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'Any user name, the key as password: for QGIS and GDAL.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'tripoint-session',
    description:
      'The session of a browser, from `POST /session` beside this API with a key, or from the OpenID provider; over TLS the name begins with `__Host-`. Writes only from pages of the service. An ended session is 401 `session-ended`, also where nobody needs a key.',
  },
};
const WITH_KEY = [{ bearer: [] }, { apiKey: [] }, { basic: [] }, { session: [] }];

interface DescriptionOptions {
  /** Description of each tag. */
  tags?: Record<string, string>;
  /** The base path of the operations. */
  base?: string;
}

/** Builds the OpenAPI 3.0.3 document from the operations that the server mounts. */
export function describeApi(
  operations: readonly Operation[],
  info: ApiInfo,
  { tags = {}, base = API_BASE }: DescriptionOptions = {},
) {
  refuseDoubles(operations);
  const book = createSchemaBook();
  const parameters = createParameterBook(book);
  const paths: Record<string, Record<string, Json>> = {};
  for (const op of operations) {
    paths[op.path] ??= {};
    paths[op.path]![op.method] = describeOperation(op, book, parameters.describe(op));
  }
  const responses = problemResponses(operations, book);
  const { document, schemas } = book.complete({ paths, parameters: parameters.shared(), responses });
  return {
    openapi: '3.0.3',
    info,
    servers: [{ url: base }],
    security: [{}, ...WITH_KEY],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name, description: tags[name] })),
    paths: document.paths,
    components: {
      schemas,
      parameters: document.parameters,
      responses: document.responses,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describeOperation(op: Operation, book: SchemaBook, parameters: Json[]): Json {
  const description = [op.description, op.roles && demandOf(op.roles)].filter(Boolean).join('\n\n');
  const body = requestBody(op, book);
  return {
    operationId: op.id,
    tags: [op.tag],
    summary: op.summary,
    ...(description && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { ...successes(op, book), ...problemReferences(op) },
    ...(op.roles && { security: WITH_KEY }),
  };
}

function demandOf(roles: readonly Role[]): string {
  if (ROLES.every((role) => roles.includes(role))) return 'Needs a key.';
  return `Roles: ${roles.join(', ')}.`;
}

function requestBody(op: Operation, book: SchemaBook): Json | undefined {
  if (op.streams) {
    const names = Object.keys(op.streams);
    const media = (name: string) => ({
      schema: BYTES,
      ...(name === names[0] && { example: op.examples?.body }),
    });
    return {
      description: Object.values(op.streams).join('\n\n'),
      required: true,
      content: mapEach(names, media),
    };
  }
  if (!op.body) return undefined;
  const media = { schema: book.describe(op.body, 'input'), example: op.examples?.body };
  return {
    required: !op.body.safeParse(undefined).success,
    content: mapEach(op.bodyMediaTypes ?? JSON_MEDIA_TYPES, () => media),
  };
}

const BYTES = { type: 'string', format: 'binary' };

const successes = ({ responses }: Operation, book: SchemaBook): Json =>
  Object.fromEntries(
    Object.entries(responses).map(([status, { description, headers, ...spec }]) => [
      status,
      { description, ...(headers && { headers: describeHeaders(headers) }), ...contentOf(spec, book) },
    ]),
  );

const describeHeaders = (headers: Record<string, string>): Json =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

function contentOf(
  { mediaType, schema, also = {} }: Pick<ResponseSpec, 'mediaType' | 'schema' | 'also'>,
  book: SchemaBook,
): Json {
  if (!schema && !mediaType) return {};
  const all = { [mediaType ?? 'application/json']: schema, ...also };
  // without a schema: bytes of the media type
  const media = (schema: z.ZodType | null | undefined) =>
    schema ? { schema: book.describe(schema, 'output') } : {};
  return { content: mapEach(Object.keys(all), (name) => media(all[name])) };
}

function refuseDoubles(operations: readonly Operation[]): void {
  const seen = new Set<string>();
  for (const { id, method, path } of operations) {
    for (const name of [id, `${method} ${path}`]) {
      if (seen.has(name)) throw new Error(`Two operations are called ${name}: rename one.`);
      seen.add(name);
    }
  }
}

const mapEach = <T>(names: readonly string[], make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));
