import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type Catalogue,
  issue,
  message,
  messageIn,
  textIn,
  textOf,
  withGot,
} from '../../src/core/catalogue.ts';
import { english, rooms } from '../../src/core/messages/en/english.ts';
import { excerpt, shown } from '../../src/core/messages/message.ts';
import { inBody, invalidInput } from '../../src/core/problem.ts';

const RULE = 'scripts/no-literal-message.grit';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('core/messages/'))
  .map((file) => readFileSync(`src/${file}`, 'utf8'))
  .join('\n');

describe('the catalogue of texts', () => {
  test('has each code in one room', () => {
    const codes = Object.values(rooms).flatMap((room) => Object.keys(room));
    expect(codes.length).toBe(Object.keys(english.texts).length);
    expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  test('has no text that nothing says', () => {
    const unused = Object.keys(english.texts).filter(
      (code) => !sources.includes(`'${code}'`) && code !== 'invalid',
    );
    expect(unused).toEqual([]);
  });

  test('names no path of the API, which may be mounted anywhere', () => {
    const folder = 'src/core/messages/en';
    const texts = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    expect(texts.filter((text) => /\/v1\b/.test(text))).toEqual([]);
  });

  test('has no problem type that nothing is of', () => {
    const unused = Object.keys(english.problemTypes).filter((slug) => !sources.includes(`'${slug}'`));
    expect(unused).toEqual([]);
  });
});

test('another language writes the same messages', () => {
  const french: Catalogue = {
    ...english,
    texts: {
      ...english.texts,
      'input-invalid': ({ path, fault }, say) => `corps ${path} : ${say(fault)}`,
      'too-small': ({ minimum }) => `doit être au moins ${minimum}`,
    },
    got: (value) => ` (reçu ${value})`,
  };
  const says = withGot(message('too-small', { minimum: 1 }), shown(0));
  const { code, params } = invalidInput([{ in: 'body', path: 'x', ...says }]);
  expect(textIn(french, { code, params })).toBe('corps x : doit être au moins 1 (reçu 0)');
});

test('the compiler refuses codes and values that the catalogue does not have', () => {
  // @ts-expect-error no such code
  expect(() => textOf(message('no-such-code'))).toThrow('no-such-code');
  // @ts-expect-error no minimum
  message('too-small', {});
  // @ts-expect-error another value
  message('too-small', { minimum: 1, maximum: 2 });
  // @ts-expect-error a language lacks texts
  const lacking: Catalogue = { ...english, texts: { required: english.texts.required } };
  expect(lacking.texts.required({} as never, textOf)).toBe('is required');
});

describe('a message', () => {
  test('travels through the issue of a schema', () => {
    expect(messageIn(issue('too-small', { minimum: 1 }))).toEqual(message('too-small', { minimum: 1 }));
    expect(messageIn('Invalid input')).toBeUndefined();
  });

  test('names the value behind its text', () => {
    expect(textOf(withGot(message('too-small', { minimum: 1 }), shown(0)))).toBe(
      'must be at least 1 (got 0)',
    );
  });

  test('holds messages within it', () => {
    const problem = invalidInput([
      inBody('properties.kind', 'required'),
      inBody('properties.tlp', 'red-hides-zone'),
    ]);
    expect(problem.code).toBe('input-invalid');
    expect(problem.message).toBe('body properties.kind: is required (and 1 more, see errors)');
  });

  test.each([
    ['a text', 'x', '"x"', '"x"'],
    ['a long text', 'y'.repeat(50), `"${'y'.repeat(50)}"`, `"${'y'.repeat(40)}…"`],
    ['a longer text', 'y'.repeat(61), '61 characters', `"${'y'.repeat(40)}…"`],
    ['a list', [1, 2], 'a list of 2', 'a list of 2'],
    ['an object', { secret: 1 }, 'an object', 'an object'],
    ['nothing', undefined, 'nothing', 'nothing'],
    ['null', null, 'null', 'null'],
    ['infinity', Number.POSITIVE_INFINITY, 'Infinity', 'Infinity'],
  ])('shows %s', (_, value, whole, beginning) => {
    expect(english.got(shown(value))).toBe(` (got ${whole})`);
    expect(english.got(excerpt(value))).toBe(` (got ${beginning})`);
    expect(JSON.parse(JSON.stringify(shown(value)))).toEqual(shown(value));
  });
});

/** What the rule says about a file of src. */
function lint(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tripoint-lint-'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ root: true, plugins: [resolve(RULE)] }));
  writeFileSync(join(folder, 'sample.ts'), source);
  const { stdout, stderr } = spawnSync(process.execPath, [BIOME, 'lint', `--config-path=${folder}`, folder]);
  rmSync(folder, { recursive: true });
  return `${stdout}${stderr}`;
}

test.each([
  "export const problem = { status: 422, detail: 'It is wrong.' };",
  "export const fault = { in: 'body', path: 'x', message: `is\nwrong` };",
  "export const schema = z.string().regex(/x/, 'must be x');",
  'export const schema = z.string().refine(isX, { error: () => `is wrong` });',
])('a text in the code fails the lint: %s', (source) => {
  expect(lint(source)).toContain('Give this text a code');
});

test('a code passes the lint', () => {
  expect(lint("export const schema = z.string().regex(/x/, issue('slug-form'));\n")).not.toContain(
    'Give this',
  );
});
