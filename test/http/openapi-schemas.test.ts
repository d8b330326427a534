import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { describeApi } from '../../src/http/openapi/document.ts';
import { operation } from '../../src/http/operation.ts';
import { described, info, validate } from './described.schema.ts';

const Named = z.strictObject({ a: z.string() }).meta({ id: 'Named', description: 'It has a name.' });

test.each([
  ['nullable', z.string().nullable(), { type: 'string', nullable: true }],
  ['a nullable choice', z.enum(['a']).nullable(), { type: 'string', enum: ['a', null], nullable: true }],
  [
    'a nullable reference',
    Named.nullable(),
    {
      anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'string', nullable: true, enum: [null] }],
    },
  ],
  [
    'a named schema with a description of its own',
    Named.optional().describe('Another.'),
    { allOf: [{ $ref: '#/components/schemas/Named' }], description: 'Another.' },
  ],
  [
    'a nullable choice of alternatives',
    z.union([z.string(), z.int()]).nullable(),
    { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'string', nullable: true, enum: [null] }] },
  ],
  ['anything, or null', z.unknown().nullable(), {}],
  ['a literal', z.literal('a'), { type: 'string', enum: ['a'] }],
  [
    'a tuple of equals',
    z.tuple([z.number(), z.number()]),
    { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
  ],
  [
    'a tuple',
    z.tuple([z.number(), z.string()]),
    { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] }, minItems: 2, maxItems: 2 },
  ],
  ['a record', z.record(z.string(), z.int()), { type: 'object', additionalProperties: { type: 'integer' } }],
  [
    'a record of few keys',
    z.partialRecord(z.enum(['en', 'ar']), z.string()),
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
  ['an exclusive bound', z.number().gt(0), { type: 'number', minimum: 0, exclusiveMinimum: true }],
  ['a date and time', z.iso.datetime(), { type: 'string', format: 'date-time' }],
  [
    'a date and time with offset',
    z.iso.datetime({ offset: true, local: true }),
    { type: 'string', format: 'date-time' },
  ],
  ['a UUID', z.uuidv7(), { type: 'string', format: 'uuid' }],
  ['base64', z.base64(), { type: 'string', format: 'byte' }],
  ['a pattern', z.string().regex(/^a$/), { type: 'string', pattern: '^a$' }],
  ['a beginning', z.string().startsWith('a'), { type: 'string', pattern: '^a.*' }],
  ['examples', z.string().meta({ examples: ['a', 'b'] }), { type: 'string', example: 'a' }],
  ['anything', z.unknown(), {}],
])('%s comes out as OpenAPI 3.0 has it', async (_what, schema, expected) => {
  const { input, output, document: whole } = described(schema);
  expect(input).toEqual(expected);
  expect(output).toEqual(expected);
  expect(await validate(whole)).toBe('valid');
});

test('a schema with a different input form gets its own name, and so do its users', async () => {
  const Inner = z.strictObject({ a: z.int().default(1) }).meta({ id: 'Inner' });
  const Outer = z.strictObject({ inner: Inner, named: Named }).meta({ id: 'Outer' });
  const { input, output, schemas, document: whole } = described(Outer);
  expect(input).toEqual({ $ref: '#/components/schemas/OuterInput' });
  expect(output).toEqual({ $ref: '#/components/schemas/Outer' });
  expect(schemas.OuterInput.properties.inner).toEqual({ $ref: '#/components/schemas/InnerInput' });
  expect(schemas.Outer.required).toEqual(['inner', 'named']);
  expect(schemas.InnerInput.required).toBeUndefined();
  expect(schemas.Inner.required).toEqual(['a']);
  expect(Object.keys(schemas)).not.toContain('NamedInput');
  expect(await validate(whole)).toBe('valid');
});

test('an answer may gain properties, unless its schema is strict', () => {
  expect(described(z.object({ a: z.string() })).output.additionalProperties).toBeUndefined();
  expect(described(z.strictObject({ a: z.string() })).output.additionalProperties).toBe(false);
});

test('a named schema that refers to itself is described once', async () => {
  const Tree: z.ZodType = z.strictObject({ children: z.array(z.lazy(() => Tree)) }).meta({ id: 'Tree' });
  const { schemas, document: whole } = described(Tree);
  expect(schemas.Tree.properties.children.items).toEqual({ $ref: '#/components/schemas/Tree' });
  expect(await validate(whole)).toBe('valid');
});

test('two different schemas of one name are refused', () => {
  const [one, other] = [z.string(), z.number()].map((a) => z.strictObject({ a }).meta({ id: 'Same' }));
  const probe = operation({
    id: 'probe',
    method: 'get',
    path: '/probe',
    tag: 'Probe',
    summary: 'Probe.',
    responses: { 200: { description: 'One.', schema: one! }, 201: { description: 'Other.', schema: other! } },
    problems: [],
    handle: async () => ({}),
  });
  expect(() => describeApi([probe], info)).toThrow('Two different schemas are called Same: rename one.');
});
