import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const FOLDER = new URL('../../dist/console/', import.meta.url);
const MOST_BYTES = 120_000;
/** terra-draw: a library of its own as MapLibre is, which comes when somebody draws freely. */
const DRAWING = /^free\.drawing-/;

test('the script of the console has at most 120 kB compressed: no large library, no schema of the service', () => {
  const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
  const { script } = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'));
  expect(scripts).toContain(script);
  expect(scripts.filter((name) => DRAWING.test(name))).toHaveLength(1);
  const own = scripts.filter((name) => !DRAWING.test(name));
  const bytes = own.map((name) => gzipSync(readFileSync(new URL(name, FOLDER))).length);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_BYTES);
});
