import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Problem } from '../../src/core/problem.ts';
import { check } from '../../src/http/input.errors.ts';

const faultOf = (schema: z.ZodType, value: unknown) => {
  try {
    check(z.strictObject({ x: schema }), { x: value }, 'body');
  } catch (error) {
    return error instanceof Problem ? error.errors![0] : error;
  }
  return undefined;
};

const kinds = z.discriminatedUnion('type', [
  z.object({ type: z.literal('a') }),
  z.object({ type: z.literal('b') }),
]);

describe('each kind of issue has its code', () => {
  test.each<[string, z.ZodType, unknown, object]>([
    ['required', z.string(), undefined, {}],
    ['wrong-type', z.number(), 'y', { expected: 'number', got: 'y' }],
    ['wrong-type', z.array(z.string()), {}, { expected: 'array', got: { kind: 'object' } }],
    ['unknown-name', z.strictObject({ y: z.string() }), { y: 'y', z: 1 }, { known: ['y'] }],
    ['too-small', z.number().min(1), 0, { minimum: 1, got: 0 }],
    ['too-large', z.int().max(1), 2, { maximum: 1, got: 2 }],
    ['not-above', z.number().gt(1), 1, { limit: 1, got: 1 }],
    ['not-below', z.number().lt(1), 1, { limit: 1, got: 1 }],
    ['too-short', z.string().min(2), 'y', { minimum: 2, unit: 'characters', got: 'y' }],
    ['too-short', z.array(z.int()).min(1), [], { minimum: 1, unit: 'entries', got: { entries: 0 } }],
    [
      'too-long',
      z.string().max(60),
      'y'.repeat(61),
      { maximum: 60, unit: 'characters', got: { characters: 61 } },
    ],
    ['wrong-length', z.string().length(2), 'y', { exactly: 2, unit: 'characters', got: 'y' }],
    ['not-allowed', z.enum(['a', 'b']), 'c', { allowed: ['a', 'b'], got: 'c' }],
    ['not-allowed', z.literal('a'), 'c', { allowed: ['a'], got: 'c' }],
    ['not-allowed', kinds, { type: 'c' }, { allowed: ['a', 'b'], got: 'c' }],
    ['wrong-format', z.uuid(), 'y', { format: 'uuid', got: 'y' }],
    ['wrong-pattern', z.string().regex(/^a$/), 'y', { pattern: '/^a$/', got: 'y' }],
    ['wrong-start', z.string().startsWith('a'), 'y', { prefix: 'a', got: 'y' }],
    ['wrong-end', z.string().endsWith('a'), 'y', { suffix: 'a', got: 'y' }],
    ['lacks-text', z.string().includes('a'), 'y', { text: 'a', got: 'y' }],
    ['not-multiple', z.number().multipleOf(2), 3, { divisor: 2, got: 3 }],
    ['wrong-type', z.union([z.string(), z.number()]), true, { expected: 'string', got: true }],
    ['invalid', z.string().refine(() => false), 'y', {}],
  ])('%s', (code, schema, value, params) => {
    expect(faultOf(schema, value)).toMatchObject({ in: 'body', code, params });
  });

  test('a text of zod itself never reaches a caller', () => {
    expect(
      faultOf(
        z.custom(() => false, 'English of a schema'),
        'y',
      ),
    ).toMatchObject({ code: 'invalid' });
  });
});
