import { describeTripoint } from '../../src/app.ts';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  enum?: unknown[];
  items?: Schema;
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  /** Text that the operation takes. */
  example: string;
}

export interface DescribedOperation {
  id: string;
  method: string;
  /** Relative to /v1, with `{name}` for what is in it. */
  path: string;
  hasBody: boolean;
  parameters: Parameter[];
}

const document = JSON.parse(JSON.stringify(describeTripoint().document('/v1')));
const resolve = <T extends { $ref?: string }>(value: T): T =>
  value.$ref
    ? value.$ref
        .slice(2)
        .split('/')
        .reduce((part, name) => part[name], document)
    : value;

function exampleOf(given: Schema): string {
  const schema = resolve(given);
  if (schema.example !== undefined) return String(schema.example);
  if (schema.enum) return String(schema.enum[0]);
  if (schema.items) return exampleOf(schema.items);
  if (schema.type === 'boolean') return 'true';
  return schema.type === 'string' ? 'word' : '8';
}

type Described = {
  operationId: string;
  requestBody?: object;
  parameters?: (RawParameter & { $ref?: string })[];
};
type RawParameter = Omit<Parameter, 'example'> & { example?: unknown; schema: Schema };

/** Every operation in the OpenAPI document, so that tests over all of them cover new ones, too. */
export const describedOperations: readonly DescribedOperation[] = Object.entries<Record<string, Described>>(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, { operationId }]) => operationId !== undefined)
    .map(([method, { operationId, requestBody, parameters = [] }]) => ({
      id: operationId,
      method,
      path,
      hasBody: requestBody !== undefined,
      parameters: parameters.map(resolve).map(({ example, schema, ...parameter }) => ({
        ...parameter,
        required: parameter.required ?? false,
        example: example === undefined ? exampleOf(schema) : String(example),
      })),
    })),
);

export const describedOperation = (id: string): DescribedOperation =>
  describedOperations.find((one) => one.id === id)!;

/** A path with another value of one parameter of its query. */
export function withParameter(path: string, name: string, value: string): string {
  const [address, query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `${address}?${parameters}`;
}
