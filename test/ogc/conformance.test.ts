import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

/** In the name of a test; Annex A has a table for each of its classes, by name. */
const isNamed = (text: string): boolean => new RegExp(`(describe|test)[^\\n]*${text}\\b`).test(tests);

test('each conformance class that is declared has a test that names it', async () => {
  const { body } = await service.api.get('/v1/conformance').expect(200);
  const classes: string[] = body.conformsTo;
  expect(classes.length).toBeGreaterThan(5);
  const unnamed = classes.filter((uri) => {
    const [, specification, version, name] = /spec\/([\w-]+)\/([\d.]+)\/conf\/([\w-]+)$/.exec(uri)!;
    // tests of CQL2 name a class as the standard does
    if (specification === 'cql2') return !isNamed(`cql2/${version}/conf/${name}`);
    return !new RegExp(
      `(describe|test).*\\b${specification}/${name}\\b|^\\s+'.*\\b${specification}/${name}\\b`,
      'm',
    ).test(tests);
  });
  expect(unnamed).toEqual([]);
});
