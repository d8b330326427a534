import type { z } from 'zod';

type Schema = z.core.$ZodType;
interface Def {
  type: string;
  innerType?: Schema;
  in?: Schema;
  shape?: Record<string, Schema>;
  catchall?: Schema;
}

const WRAPPERS = new Set(['optional', 'nullable', 'nonoptional', 'default', 'prefault', 'readonly', 'catch']);

/** The schema that parses the input, inside `optional`, `default` and so on. */
export function unwrapped(schema: Schema): Schema {
  const { type, innerType, in: first } = schema._zod.def as Def;
  if (innerType && WRAPPERS.has(type)) return unwrapped(innerType);
  // `z.preprocess` parses the raw text
  if (type === 'pipe' && first && first._zod.def.type !== 'transform') return unwrapped(first);
  return schema;
}

/** The fields of a strict object schema; undefined if it accepts other names. */
export function objectShape(schema: Schema): Record<string, Schema> | undefined {
  const { type, shape, catchall } = unwrapped(schema)._zod.def as Def;
  const isOpen = catchall !== undefined && catchall._zod.def.type !== 'never';
  return type === 'object' && !isOpen ? shape : undefined;
}
