import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync('SECURITY.md', 'utf8');
const named = [...page.matchAll(/`((?:test|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);

test('each promise names its tests, and they exist', () => {
  const promises = page.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  expect(promises.length).toBeGreaterThan(10);
  for (const promise of promises) expect(promise).toMatch(/`test\/|tests above/);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('each attack test is named by a promise', () => {
  const attacks = readdirSync('test/attacks')
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/attacks/${file}`);
  expect(attacks.filter((file) => !named.includes(file))).toEqual([]);
});

test('it says how to report privately', () => {
  expect(page).toMatch(/## Reporting\n\n.*private/);
});
