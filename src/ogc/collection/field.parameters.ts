import { z } from 'zod';
import { ExactInstant } from '../../geometry/instant.schema.ts';
import { type Collection, type Field, type FieldType, typeOf } from './collection.sql.ts';

const LONGEST_VALUE = 500; // characters

const PLAIN: Record<Exclude<FieldType, 'list'>, z.ZodType> = {
  text: z.string().max(LONGEST_VALUE),
  integer: z.int(),
  number: z.number(),
  boolean: z.boolean(),
  instant: ExactInstant,
};

/**
 * An equality parameter for each single-valued property. Clients that do not read queryables find them in the OpenAPI
 * document; shared ones are described once.
 */
export const fieldParameters = ({ fields, filters }: Collection): Record<string, z.ZodType> =>
  Object.fromEntries(
    fields
      .filter((field) => typeOf(field) !== 'list' && !Object.hasOwn(filters, field.name))
      .map((field) => [field.name, parameterOf(field)]),
  );

const shared = new Map<string, z.ZodType>();

function parameterOf(field: Field): z.ZodType {
  const type = typeOf(field) as Exclude<FieldType, 'list'>;
  const words = wordsOf(field.schema);
  const description = `Only features whose ${field.name} equals this.`;
  if (words) return z.enum(words).optional().meta({ description });
  const id = `is-${field.name}${type === 'text' ? '' : `-${type}`}`;
  const known = shared.get(id) ?? PLAIN[type].optional().meta({ id, description, example: undefined });
  shared.set(id, known);
  return known;
}

/** The words of an enumeration. */
export function wordsOf(schema: z.ZodType): [string, ...string[]] | undefined {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
  return inner instanceof z.ZodEnum ? (inner.options as [string, ...string[]]) : undefined;
}
