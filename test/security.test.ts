import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync('SECURITY.md', 'utf8');
const named = [...page.matchAll(/`((?:test|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);

test('each promise names its tests, and they are there', () => {
  const promises = page.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  expect(promises.length).toBeGreaterThan(10);
  for (const promise of promises) expect(promise).toMatch(/`test\/|tests above/);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('each attack is named with the promise that it tries', () => {
  const attacks = readdirSync('test/attacks')
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/attacks/${file}`);
  expect(attacks.filter((file) => !named.includes(file))).toEqual([]);
});

test('it is told how to report, and that privately', () => {
  expect(page).toMatch(/## Reporting\n\n.*private/);
});
