import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describeTripoint } from '../src/app.ts';

const document = JSON.parse(JSON.stringify(describeTripoint().document('/v1')));
const operations = describeTripoint().operations;

test('the document is valid OpenAPI 3.0', async () => {
  expect(document.openapi).toBe('3.0.3');
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
});

test('openapi/openapi.json is the document of the operations (npm run openapi writes it)', () => {
  expect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))).toEqual(document);
});

test('the document takes less than 70 kB compressed', () => {
  expect(gzipSync(JSON.stringify(document), { level: 9 }).length).toBeLessThan(70_000);
});

test('each operation has an id of its own, a tag, a summary and problems', () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const { tag, summary, problems } of operations) {
    expect(tag).not.toBe('');
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(problems.length).toBeGreaterThan(0);
  }
});

test('each parameter says what it is', () => {
  const bare = Object.entries<Record<string, { parameters?: { name?: string; description?: string }[] }>>(
    document.paths,
  )
    .flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) => parameters.map((p) => ({ path, ...p }))),
    )
    .filter((p) => p.name !== undefined && !p.description)
    .map(({ path, name }) => `${path} ${name}`);
  expect(bare).toEqual([]);
});

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}
// RFC 7946 says what they are
const GEOJSON = new Set(['type', 'geometry', 'coordinates', 'properties', 'features']);

const alternativesOf = ({ allOf = [], anyOf = [], oneOf = [] }: Schema) => [...allOf, ...anyOf, ...oneOf];
const isDescribed = (schema: Schema): boolean =>
  Boolean(schema.description) ||
  (schema.$ref !== undefined && isDescribed(document.components.schemas[schema.$ref.split('/').at(-1)!])) ||
  alternativesOf(schema).some(isDescribed);

const bareIn = (schema: Schema, path: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(GEOJSON.has(name) || isDescribed(property) ? [] : [`${path}.${name}`]),
    ...bareIn(property, `${path}.${name}`),
  ]),
  ...[...alternativesOf(schema), ...(schema.items ? [schema.items] : [])].flatMap((part) =>
    bareIn(part, path),
  ),
];

test('each named schema and each of its properties says what it is', () => {
  const schemas = Object.entries<Schema>(document.components.schemas);
  expect(schemas.filter(([, schema]) => !schema.description).map(([name]) => name)).toEqual([]);
  expect(schemas.flatMap(([name, schema]) => bareIn(schema, name))).toEqual([]);
});
