import { expect, test } from '@jest/globals';
import { schemaFiles } from '../../src/db/schema.files.ts';
import { MIGRATION_LOCK } from '../../src/db/schema.locks.ts';

const text = schemaFiles().find(({ path }) => path.endsWith('lock_number.function.sql'))!.text;
const numbers = [...text.matchAll(/WHEN '(\w+)' THEN (\d+)/g)].map(
  ([, purpose, number]) => [purpose!, Number(number)] as const,
);

test('no two advisory locks have one number', () => {
  expect(numbers.length).toBeGreaterThan(4);
  expect(new Set(numbers.map(([, number]) => number)).size).toBe(numbers.length);
  expect(numbers).toContainEqual(['migration', MIGRATION_LOCK]);
});

test('advisory locks are named, and by names that have a number', () => {
  const calls = schemaFiles().flatMap(({ path, text: sql }) =>
    [...sql.matchAll(/advisory\w*lock\w*\(([^)]*)/g)].map(([, argument]) => `${path}: ${argument}`),
  );
  const named = new Set(numbers.map(([purpose]) => `tripoint.lock_number('${purpose}'`));
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.filter((call) => !named.has(call.split(': ')[1]!))).toEqual([]);
});
