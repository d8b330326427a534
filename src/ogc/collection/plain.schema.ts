import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** A value's JSON Schema without references and without null. */
export function plainSchema(schema: z.ZodType): JsonSchema {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
  const { definitions, $ref, allOf, ...json } = z.toJSONSchema(inner, {
    target: 'openapi-3.0',
    unrepresentable: 'any',
  }) as JsonSchema & { definitions?: Record<string, JsonSchema>; $ref?: string; allOf?: { $ref?: string }[] };
  const name = ($ref ?? allOf?.[0]?.$ref)?.split('/').at(-1);
  return { ...(name && definitions?.[name]), ...json };
}
