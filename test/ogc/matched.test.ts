import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { type Link, pathOf } from '../support/ogc.ts';
import { randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';
import { churn, scatter } from '../support/scattered.incidents.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// numberMatched of a first page equals the rows that its pages yield.
let service: TestService;
const ITEMS = '/v1/collections/incidents/items';
beforeAll(async () => {
  service = await startService();
  await scatter(service.db, 700, 1);
});
afterAll(() => service.stop());

const fold = async () => {
  while (await cellStore(service.db).fold());
};

interface Page {
  numberMatched?: number;
  numberReturned: number;
  features: { id: string; properties: Record<string, unknown> }[];
  links: Link[];
}

const read = async (path: string, { headers }: NamedCaller): Promise<Page> =>
  (await service.api.get(path).set(headers).expect(200)).body;

/** The first page's total, and the number of rows on all pages. */
async function totals(query: string, caller: NamedCaller): Promise<[number | undefined, number]> {
  const first = await read(`${ITEMS}?${query}`, caller);
  let rows = first.numberReturned;
  for (let next = nextOf(first); next; ) {
    const page = await read(next, caller);
    rows += page.numberReturned;
    next = nextOf(page);
  }
  return [first.numberMatched, rows];
}

const nextOf = ({ links }: Page): string | undefined => {
  const next = links.find(({ rel }) => rel === 'next');
  return next && pathOf(next.href);
};

const SUMMED = ['', 'kind=fire', 'kind=fire,flood&severity=minor,extreme', 'nature=test', 'severity=severe'];
const COUNTED = [
  'bbox=8,32,9,35',
  'state=open,cancelled',
  'state=cancelled&kind=fire',
  'tlp=RED',
  'datetime=2026-03-04/2026-03-06',
  'datetime=2026-03-04T11:00:00Z/..',
  'owner=TUN&kind=distress',
  `filter=${encodeURIComponent("severity = 'extreme' OR kind = 'fire'")}`,
  `filter=${encodeURIComponent('S_INTERSECTS(geometry, BBOX(8, 31, 9.5, 34)) AND countsBest IS NULL')}`,
  'revision=1',
  'severity=minor&certainty=likely&sortby=-severity',
  'bbox-crs=EPSG:3857&bbox=835000,3600000,1100000,4100000',
];

const oneOf = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

describe('numberMatched of a first page', () => {
  test('equals the rows of all pages, for any caller and filter, after any writes and folds', async () => {
    const random = randomNumbers(7);
    let found = 0;
    for (let round = 0; round < samples(8, 3); round++) {
      await churn(service.db, round);
      await scatter(service.db, 50, 100 + round);
      // part of it in sums, part of it appended
      if (round % 2 === 0) await fold();
      if (round % 3 === 0) await churn(service.db, 50 + round);
      for (let n = 0; n < samples(30, 12); n++) {
        const caller = oneOf(random, VIEWERS);
        const filter = oneOf(random, random() < 0.5 ? SUMMED : COUNTED);
        const query = `limit=${oneOf(random, [7, 40, 100])}&${filter}`;
        const [matched, rows] = await totals(query, caller);
        countRuns();
        expect({ caller: caller.name, query, matched }).toEqual({
          caller: caller.name,
          query,
          matched: rows,
        });
        found += rows;
      }
    }
    expect(found).toBeGreaterThan(1000);
  }, 240_000);

  test('counts own RED incidents and cancelled ones, which no sum contains', async () => {
    const agency = VIEWERS[1]!;
    const [all] = await totals('limit=100', agency);
    const [red] = await totals('limit=1&tlp=RED', agency);
    const [cancelled] = await totals('limit=1&state=cancelled', agency);
    expect(red).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(0);
    const other = VIEWERS.find(
      ({ agency: id, country }) => country === agency.country && id !== agency.agency,
    )!;
    const ofOther = (await read(`${ITEMS}?limit=10000&tlp=RED`, other)).features;
    expect(ofOther.every(({ properties }) => properties.agency === other.agency)).toBe(true);
    expect((await totals('limit=1&tlp=RED', other))[0]).toBe(ofOther.length);
    expect(all).toBe((await read(`${ITEMS}?limit=10000`, agency)).features.length);
  });

  test('is of the same snapshot as the page, while others write', async () => {
    let isWriting = true;
    const writing = (async () => {
      for (let round = 0; round < 12; round++) {
        await scatter(service.db, 20, 500 + round);
        await churn(service.db, 300 + round);
        await fold();
      }
      isWriting = false;
    })();
    let compared = 0;
    while (isWriting || compared < 5)
      for (const query of ['', 'kind=fire', 'bbox=7,30,10,36']) {
        const page = await read(`${ITEMS}?limit=10000&${query}`, oneOf(Math.random, VIEWERS));
        expect(page.numberMatched).toBe(page.features.length);
        compared++;
      }
    await writing;
  }, 120_000);

  test('is in the header too, and on later pages only if it is the whole answer', async () => {
    const { headers, body } = await service.api.get(`${ITEMS}?limit=5`).set(VIEWERS[1]!.headers).expect(200);
    expect(headers['ogc-numbermatched']).toBe(String(body.numberMatched));
    const second = await read(nextOf(body)!, VIEWERS[1]!);
    expect(second.numberMatched).toBeUndefined();
  });

  test('is left out where the planner expects the count to be costly, and hits still count', async () => {
    const api = service.apiWith({ layers: { mostCountCost: 20 } });
    const { body } = await api.get(`${ITEMS}?limit=5&state=open`).set(VIEWERS[1]!.headers).expect(200);
    expect(body.numberMatched).toBeUndefined();
    const hits = await api.get(`${ITEMS}?resultType=hits&state=open`).set(VIEWERS[1]!.headers).expect(200);
    expect(hits.body.numberMatched).toBe((await totals('limit=500&state=open', VIEWERS[1]!))[1]);
  });

  test('shows a stranger no hidden row', async () => {
    const before = (await totals('limit=1', ANYBODY))[0]!;
    const reporter = as(keyOf('TUN', 'reporter'));
    for (const tlp of ['RED', 'AMBER+STRICT', 'GREEN'])
      await service.api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident({ at: [8.4, 35.2], tlp }))
        .expect(201);
    expect((await totals('limit=1', ANYBODY))[0]).toBe(before);
    await service.api
      .post('/v1/incidents')
      .set(reporter)
      .send(anIncident({ at: [8.4, 35.2], tlp: 'CLEAR' }))
      .expect(201);
    expect((await totals('limit=1', ANYBODY))[0]).toBe(before + 1);
  });

  test('writes no rows into the audit log beyond those of the page', async () => {
    const id = 'first-page-with-total';
    const headers = { ...VIEWERS[1]!.headers, 'X-Request-Id': id };
    const { body } = await service.api.get(`${ITEMS}?limit=3&tlp=GREEN`).set(headers).expect(200);
    expect(body.numberMatched).toBeGreaterThan(3);
    const entries = await asTableOwner<{ rows: number }>(
      service.db,
      sql`SELECT row_count::int AS rows FROM base.audit_entry WHERE request_id = ${id} AND action = 'read'`,
    );
    expect(entries).toEqual([{ rows: 3 }]);
  });
});
