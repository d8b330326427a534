import { type Collection, type Field, typeOf } from './collection.sql.ts';
import { type JsonSchema, plainSchema } from './plain.schema.ts';

export const typeNames = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  instant: 'string',
  list: 'string',
} as const;

/** Missing values are null although the type does not say so: clients support only a single type. */
export function propertyOf({ computed, time }: Collection, field: Field): JsonSchema {
  const { name, schema, title } = field;
  const type = typeOf(field);
  const {
    description,
    enum: words,
    items,
    maxItems,
    minimum,
    maximum,
  } = plainSchema(schema) as JsonSchema & {
    enum?: unknown[];
    items?: { enum?: string[] };
    maxItems?: number;
  };
  const role = roleOf(name, time);
  return {
    title,
    ...(description !== undefined && { description }),
    type: typeNames[type],
    ...(type === 'instant' && { format: 'date-time' }),
    ...(words && type === 'text' && { enum: words.filter((word) => word !== null) }),
    ...(items?.enum && { pattern: listPattern(items.enum, maxItems) }),
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && { maximum }),
    ...(computed.includes(name) && { readOnly: true }),
    ...(role && { 'x-ogc-role': role }),
  };
}

/** A list is comma-separated text. */
function listPattern(words: readonly string[], most = Infinity): string {
  const word = `(${words.join('|')})`;
  return `^${word}(,${word})${most === Infinity ? '*' : `{0,${most - 1}}`}$`;
}

function roleOf(name: string, time: Collection['time']): string | undefined {
  if (name === time?.start) return time.end ? 'primary-interval-start' : 'primary-instant';
  return name === time?.end ? 'primary-interval-end' : undefined;
}
