import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describeTripoint, operationsOf } from '../src/app.ts';

const document = JSON.parse(JSON.stringify(describeTripoint()));
const operations = operationsOf(undefined as never);

test('the document is valid OpenAPI 3.0', async () => {
  expect(document.openapi).toBe('3.0.3');
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
});

test('openapi/openapi.json is the document of the operations (npm run openapi writes it)', () => {
  expect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))).toEqual(document);
});

test('the document takes less than 60 kB compressed', () => {
  expect(gzipSync(JSON.stringify(document), { level: 9 }).length).toBeLessThan(60_000);
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
