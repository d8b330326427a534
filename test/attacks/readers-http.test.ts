import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cql2Json, cql2Text, geoJson, wktText } from '../support/fuzz.inputs.ts';
import { type Asking, type HttpClient, openClient } from '../support/http.client.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// TEST_SEED repeats a run.
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = samples(2000, 100);
const operator = as(keyOf('TUN', 'operator'));

let service: TestService;
let client: HttpClient;
beforeAll(async () => {
  console.info(`TEST_SEED=${SEED}`);
  service = await startService({ withDemo: true });
  client = await openClient(service.app);
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const get = (path: string, query: Record<string, string>): Asking => ({
  path: `${path}?${new URLSearchParams({ ...query, limit: '5' })}`,
});
const items = '/collections/incidents/items';
const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null';

const READERS: [name: string, requests: fc.Arbitrary<Asking>][] = [
  ['CQL2 text', cql2Text.map((filter) => get(items, { filter }))],
  ['the CQL text of GDAL', cql2Text.map((filter) => get(items, { filter, 'filter-lang': 'cql-text' }))],
  ['CQL2 JSON', cql2Json.map((json) => get(items, { filter: textOf(json), 'filter-lang': 'cql2-json' }))],
  [
    'geometries of filters',
    geoJson.map((geometry) => {
      const filter = textOf({ op: 's_intersects', args: [{ property: 'geometry' }, geometry] });
      return get(items, { filter, 'filter-lang': 'cql2-json' });
    }),
  ],
  ['WKT', wktText.map((within) => get('/incidents', { within }))],
  [
    'GeoJSON',
    geoJson.map((geometry) => ({
      path: '/zones/preview',
      method: 'post',
      headers: operator,
      body: {
        type: 'Feature',
        geometry,
        properties: { names: { en: 'Watch' }, kind: 'exercise', purpose: 'Watch', participants: ['TUN'] },
      },
    })),
  ],
];

test.each(READERS)('no input makes the service fail that reads %s', async (_name, requests) => {
  const failed: object[] = [];
  const read = new Set<number>();
  for (const asking of fc.sample(requests, { numRuns: RUNS, seed: SEED })) {
    const { status, text } = await client.ask(asking);
    read.add(status);
    if (status >= 500) failed.push({ seed: SEED, status, asking, text: text.slice(0, 300) });
  }
  countRuns(RUNS);
  expect(failed.slice(0, 5)).toEqual([]);
  // not all of them are refused, nor taken
  expect([...read]).toEqual(expect.arrayContaining([200, 400]));
});

test('a filter of collections nested 20 deep is 400 without a key', async () => {
  const filter = `S_INTERSECTS(geometry, ${'GEOMETRYCOLLECTION('.repeat(20)}POINT(8 33)${')'.repeat(20)})`;
  const { status, body } = await client.ask(get(items, { filter }));
  expect([status, body.detail]).toEqual([400, expect.stringContaining('more than 8 GeometryCollections')]);
});
