import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

interface Referring {
  $ref?: string | undefined;
  allOf?: { $ref?: string }[] | undefined;
}

/** A value's JSON Schema without references and without null. */
export function plainSchema(schema: z.ZodType): JsonSchema {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
  const { definitions, $ref, allOf, items, ...json } = z.toJSONSchema(inner, {
    target: 'openapi-3.0',
    unrepresentable: 'any',
  }) as JsonSchema & Referring & { definitions?: Record<string, JsonSchema>; items?: Referring };
  const named = (one: Referring = {}): JsonSchema => {
    const name = (one.$ref ?? one.allOf?.[0]?.$ref)?.split('/').at(-1);
    return (name && definitions?.[name]) || {};
  };
  return { ...named({ $ref, allOf }), ...json, ...(items && { items: { ...named(items), ...items } }) };
}
