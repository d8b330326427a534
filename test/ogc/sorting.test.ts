import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const reporter = as(keyOf('TUN', 'reporter'));
type Value = string | number | null;
interface Item {
  id: string;
  properties: Record<string, Value>;
}

const report = async (change: object) =>
  (
    await service.api
      .post('/v1/incidents')
      .set(reporter)
      .send(anIncident({ tlp: 'CLEAR', ...change }))
      .expect(201)
  ).body.id as string;

beforeAll(async () => {
  service = await startService();
  for (let n = 0; n < 24; n++)
    await report({
      severity: ['minor', 'moderate', 'severe'][n % 3],
      occurredAt: `2026-02-0${1 + (n % 5)}T06:30:00Z`,
      ...(n % 4 !== 0 && { counts: { best: n % 6 } }),
      ...(n % 3 !== 0 && { placeText: ['wadi', 'Track', 'ridge'][n % 2] }),
    });
});
afterAll(() => service.stop());

const path = (query: string) => `/v1/collections/incidents/items?${query}`;
const featuresOf = (pages: { features: Item[] }[]) => pages.flatMap(({ features }) => features);

/** What stands in the order of the keys, what has no value last whichever way. */
function isInOrder(one: Item, other: Item, keys: [name: string, descending: boolean][]): boolean {
  for (const [name, descending] of keys) {
    const [a, b] = [one.properties[name]!, other.properties[name]!];
    if (a === b) continue;
    if (a === null || b === null) return b === null;
    return descending ? a > b : a < b;
  }
  return true;
}

const ORDERS: [sortby: string, keys: [string, boolean][]][] = [
  ['countsBest', [['countsBest', false]]],
  ['-countsBest', [['countsBest', true]]],
  ['%2Boccurredat', []],
  [
    'severity,-occurredAt',
    [
      ['severity', false],
      ['occurredAt', true],
    ],
  ],
  [
    '-severity,countsBest,-occurredAt',
    [
      ['severity', true],
      ['countsBest', false],
      ['occurredAt', true],
    ],
  ],
  ['-occurredAt', [['occurredAt', true]]],
  ['occurredAt', [['occurredAt', false]]],
  [
    '-occurredUntil,-countsBest',
    [
      ['occurredUntil', true],
      ['countsBest', true],
    ],
  ],
];

describe('sortby', () => {
  test.each(ORDERS.filter(([, keys]) => keys.length > 0))(
    '=%s orders by it, over all pages',
    async (sortby, keys) => {
      const whole = featuresOf(await readPages(service.api, path(`sortby=${sortby}&limit=1000`)));
      expect(whole).toHaveLength(24);
      for (const [i, feature] of whole.slice(1).entries())
        expect(isInOrder(whole[i]!, feature, keys)).toBe(true);
      for (const limit of [1, 5, 7])
        expect(featuresOf(await readPages(service.api, path(`sortby=${sortby}&limit=${limit}`)))).toEqual(
          whole,
        );
    },
  );

  test('accepts an unencoded leading +', async () => {
    const { body } = await service.api.get(path('sortby=+countsBest&limit=1')).expect(200);
    expect(body.features[0].properties.countsBest).toBe(0);
  });

  test('is refused for another spelling, naming the sortables', async () => {
    const { body } = await service.api.get(path('sortby=%2Boccurredat')).expect(400);
    expect(body.detail).toMatch(/"occurredat" is not a property here; there are .*occurredAt/);
  });

  test('has its own cursors: those of another order are refused', async () => {
    const { body } = await service.api.get(path('sortby=countsBest&limit=1')).expect(200);
    const next = new URL(body.links.find(({ rel }: { rel: string }) => rel === 'next').href);
    const cursor = next.searchParams.get('cursor')!;
    for (const other of ['-countsBest', 'countsLow', ''])
      await service.api.get(path(`${other && `sortby=${other}&`}cursor=${cursor}`)).expect(400);
  });

  test('skips and repeats no row that stays during writes', async () => {
    const source = 'sorted-while-reading';
    const staying: string[] = [];
    for (let n = 0; n < 12; n++)
      staying.push(await report({ source, ...(n % 3 && { counts: { best: n % 4 } }) }));
    const pages = await readPages(
      service.api,
      path(`source=${source}&sortby=-countsBest&limit=2`),
      {},
      async (page) => {
        if (page < 5) await report({ source, ...(page % 2 && { counts: { best: page } }) });
      },
    );
    const seen = featuresOf(pages).map(({ id }) => id);
    expect(seen.filter((id) => staying.includes(id)).sort()).toEqual(staying.sort());
    expect(new Set(seen).size).toBe(seen.length);
  });
});
