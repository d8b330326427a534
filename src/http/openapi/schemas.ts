import { z } from 'zod';
import { forOpenApi } from './dialect.ts';

export type Json = Record<string, unknown>;
export type Direction = 'input' | 'output';

// Temporary mark: which of two schemas with one name is meant.
const REFERENCE = /"#\/(input|output)\/([^"]+)"/g;

/** Collects the named schemas of a document during its construction. */
export function createSchemaBook() {
  const book = { input: new Map<string, string>(), output: new Map<string, string>() };

  const describe = (schema: z.ZodType, io: Direction): Json => {
    const { definitions = {}, ...json } = z.toJSONSchema(schema, {
      target: 'openapi-3.0',
      io,
      unrepresentable: 'any',
      override: (context) => forOpenApi(context, io),
    }) as Json & { definitions?: Json };
    for (const [id, definition] of Object.entries(definitions))
      remember(io, id, withReferences(definition, io));
    return JSON.parse(withReferences(json, io));
  };

  const remember = (io: Direction, id: string, text: string) => {
    if ((book[io].get(id) ?? text) !== text)
      throw new Error(`Two different schemas are called ${id}: rename one.`);
    book[io].set(id, text);
  };

  /** The schema behind `{ $ref }`; undefined if the schema is not a reference. */
  const lookUp = (json: Json, io: Direction): { id: string; schema: Json } | undefined => {
    const id = typeof json.$ref === 'string' ? json.$ref.split('/').at(-1)! : undefined;
    return id === undefined ? undefined : { id, schema: JSON.parse(book[io].get(id)!) };
  };

  return { describe, lookUp, complete: <T>(document: T) => complete(document, book) };
}

export type SchemaBook = ReturnType<typeof createSchemaBook>;

function withReferences(json: unknown, io: Direction): string {
  const text = JSON.stringify(json).replaceAll('"#/definitions/', `"#/${io}/`);
  if (text.includes('"$ref":"#"') || text.includes('/__schema'))
    throw new Error('A schema that refers to itself needs a name: give it meta({ id }).');
  return text;
}

/** Gives every reference its final name and adds the referenced schemas. */
function complete<T>(
  document: T,
  book: Record<Direction, Map<string, string>>,
): { document: T; schemas: Json } {
  const differing = differingIds(book);
  const nameOf = (io: string, id: string) => (io === 'input' && differing.has(id) ? `${id}Input` : id);
  const named = (text: string) =>
    text.replace(REFERENCE, (_, io, id) => `"#/components/schemas/${nameOf(io, id)}"`);

  const schemas: Json = {};
  const add = (text: string) => {
    for (const [, io, id] of text.matchAll(REFERENCE)) {
      const name = nameOf(io!, id!);
      if (name in schemas) continue;
      const schema = book[io as Direction].get(id!)!;
      schemas[name] = JSON.parse(named(book.input.has(id!) ? schema : open(schema)));
      add(schema);
    }
  };
  const text = JSON.stringify(document);
  add(text);
  const sorted = Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1));
  return { document: JSON.parse(named(text)), schemas: Object.fromEntries(sorted) };
}

/** Unknown properties are refused in requests only; answers may gain properties. */
const open = (schema: string): string => schema.replaceAll(/,?"additionalProperties":false/g, '');

/** Schemas whose input and output forms differ, themselves or in a referenced schema. */
function differingIds({ input, output }: Record<Direction, Map<string, string>>): Set<string> {
  const differing = new Set<string>();
  const differs = (id: string, text: string) =>
    text.replaceAll('"#/input/', '"#/output/') !== output.get(id) ||
    [...text.matchAll(REFERENCE)].some(([, , other]) => differing.has(other!));
  for (let before = -1; before < differing.size; ) {
    before = differing.size;
    for (const [id, text] of input) if (output.has(id) && differs(id, text)) differing.add(id);
  }
  return differing;
}
