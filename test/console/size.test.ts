import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const FOLDER = new URL('../../dist/console/', import.meta.url);
const MOST_BYTES = 120_000;
/** terra-draw, which is read when somebody draws an area. */
const LIBRARY = /^free\.drawing-/;

test('the script of the console, without the library for drawing, has at most 120 kB compressed: no large library, no schema of the service', () => {
  const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.js') && !LIBRARY.test(name));
  const { script } = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'));
  expect(scripts).toContain(script);
  const bytes = scripts.map((name) => gzipSync(readFileSync(new URL(name, FOLDER))).length);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_BYTES);
});
