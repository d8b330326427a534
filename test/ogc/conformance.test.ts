import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONFORMS_TO } from '../../src/ogc/conformance.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const tests = readdirSync('test/ogc', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(`test/ogc/${file}`, 'utf8'))
  .join('\n');

/** Whether a test names the class: in its own name, or in that of a table of Annex A. */
function names(text: string, uri: string): boolean {
  const [, specification, version, name] = /([\w-]+)\/([\d.]+)\/conf\/([\w-]+)$/.exec(uri)!;
  // tests of CQL2 name a class as the standard does
  if (specification === 'cql2')
    return new RegExp(`(describe|test)[^\\n]*cql2/${version}/conf/${name}(?![\\w-])`).test(text);
  return new RegExp(
    `(describe|test).*\\b${specification}/${name}(?![\\w-])|^\\s+'.*\\b${specification}/${name}(?![\\w-])`,
    'm',
  ).test(text);
}

test('each conformance class that is declared has a test that names it', async () => {
  const { body } = await service.api.get('/v1/conformance').expect(200);
  const classes: string[] = body.conformsTo;
  expect(classes.length).toBeGreaterThan(5);
  expect(classes.filter((uri) => !names(tests, uri))).toEqual([]);
});

const rows = readFileSync('docs/conformance.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [uri, , files] = line.split(' | ');
    const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
    return { uri: `http://www.opengis.net/spec/${quoted(uri!)[0]}`, files: quoted(files!) };
  });

test('docs/conformance.md lists exactly the classes that are declared', () => {
  expect(rows.map(({ uri }) => uri).sort()).toEqual([...CONFORMS_TO].sort());
});

test.each(rows)('docs/conformance.md: $uri is covered where it says', ({ uri, files }) => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !names(readFileSync(file, 'utf8'), uri))).toEqual([]);
});
