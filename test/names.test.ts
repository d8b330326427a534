import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const DECLARATION = /^\s*(?:export )?(?:interface|type) (\w+)(?: extends [^{]*)?(?:<[^>]*>)? ?[={]/gm;
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);
const declared = files.flatMap((path) =>
  [...readFileSync(`src/${path}`, 'utf8').matchAll(DECLARATION)].map(([, name]) => ({ name: name!, path })),
);

test('a name of a type is that of one idea: it is declared in one file', () => {
  const twice = declared.filter(({ name, path }) =>
    declared.some((other) => other.name === name && other.path !== path),
  );
  expect(declared.length).toBeGreaterThan(500);
  expect(twice).toEqual([]);
});

// They said only that something is, was or is to be, and stood for several things each.
const WITHOUT_NOUN = [
  'Standing',
  'Asked',
  'Current',
  'Waiting',
  'Written',
  'Place',
  'Change',
  'Given',
  'Found',
  'Added',
];

test('a type is named by its noun', () => {
  expect(declared.filter(({ name }) => WITHOUT_NOUN.includes(name))).toEqual([]);
});
