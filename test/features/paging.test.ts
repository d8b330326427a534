import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { nextOf, readPages } from '../support/builders.pages.ts';
import { idsOf, reference } from '../support/builders.reference.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

type Change = Parameters<typeof anIncident>[0];
interface Listed {
  id: string;
  geometry: unknown;
}

const NOUNS = ['borders', 'segments', 'crossings', 'agencies', 'zones', 'incidents'];
const operator = as(keyOf('TUN', 'operator'));
const report = async (change: Change = {}) =>
  (
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ tlp: 'CLEAR', ...change }))
      .expect(201)
  ).body.id as string;
const createZone = async (change: Parameters<typeof agreeZone>[2] = {}) =>
  (await agreeZone(service.api, 'TUN', { geometry: aSquare([9.5, 33.5]), tlp: 'CLEAR', ...change })).id;
const get = (path: string) => service.api.get(path);
const featuresOf = (pages: { features: Listed[] }[]): Listed[] => pages.flatMap(({ features }) => features);
const ids = (pages: { features: Listed[] }[]) => featuresOf(pages).map(({ id }) => id);
const cursorOf = async (path: string) => {
  const { body } = await get(path).expect(200);
  return new URL(nextOf(body)!, 'http://host').searchParams.get('cursor')!;
};

beforeAll(async () => {
  for (let n = 0; n < 8; n++) await report({ occurredAt: `2026-02-0${1 + (n % 3)}T06:30:00Z` });
  await createZone();
});

describe.each(NOUNS)('the list of %s', (noun) => {
  test('has only rows that can be read by id, with the same content', async () => {
    const { body } = await get(`/v1/${noun}?limit=100`).expect(200);
    expect(body.features.length).toBeGreaterThan(0);
    for (const { id, geometry } of body.features as Listed[]) {
      const { body: one } = await get(`/v1/${noun}/${id}`).expect(200);
      expect({ id: one.id, geometry: one.geometry }).toEqual({ id, geometry });
    }
  });

  test('gives each row exactly once along its next links, in the order of the whole list', async () => {
    const { body: whole } = await get(`/v1/${noun}?limit=10000`).expect(200);
    const pages = await readPages(service.api, `/v1/${noun}?limit=2`);
    expect(pages.length).toBe(Math.ceil(whole.features.length / 2));
    expect(ids(pages)).toEqual(ids([whole]));
  });

  test('shows the total if it is the whole list, and not otherwise', async () => {
    const { body: whole } = await get(`/v1/${noun}?limit=10000`).expect(200);
    expect(whole.numberReturned).toBe(whole.features.length);
    expect(whole.numberMatched).toBe(whole.features.length);
    expect(nextOf(whole)).toBeUndefined();
    const pages = await readPages(service.api, `/v1/${noun}?limit=2`);
    for (const { features, numberReturned, numberMatched } of pages) {
      expect(numberReturned).toBe(features.length);
      expect(numberMatched).toBeUndefined();
    }
  });

  test('ends without a next link when the last page is full', async () => {
    const { body: whole } = await get(`/v1/${noun}?limit=10000`).expect(200);
    const { body } = await get(`/v1/${noun}?limit=${whole.features.length}`).expect(200);
    expect(nextOf(body)).toBeUndefined();
    expect(body.numberMatched).toBe(whole.features.length);
  });

  test.each(['0', '-1', 'abc', '1.5', '', '1e400', '0x10', 'NaN', '%00'])(
    'is refused for limit=%s',
    async (limit) => {
      const { body } = await get(`/v1/${noun}?limit=${limit}`).expect(400);
      expect(body.errors[0]).toMatchObject({ in: 'query', path: 'limit' });
    },
  );

  test.each([
    ['an unknown one', 'colour=red', 'colour'],
    ['one of another spelling', 'Limit=5', 'Limit'],
    ['one that objects inherit', '__proto__=1', '__proto__'],
  ])('is refused for a parameter, naming it: %s', async (_what, query, name) => {
    const { body } = await get(`/v1/${noun}?${query}`).expect(400);
    expect(body.detail).toMatch(/not known; known are .*limit, cursor/);
    expect(body.errors).toMatchObject([{ in: 'query', path: name }]);
  });

  test('is refused for a limit given twice', async () => {
    const { body } = await get(`/v1/${noun}?limit=1&limit=2`).expect(400);
    expect(body.detail).toMatch(/limit.*2 times.*once/);
  });

  test.each([
    ['no base64', '***'],
    ['a word', 'next'],
    ['an empty list', Buffer.from('[]').toString('base64url')],
    ['an object', Buffer.from('{}').toString('base64url')],
    ['a number', Buffer.from('5').toString('base64url')],
    ['half a list', Buffer.from('["DZA-').toString('base64url')],
    ['an id alone', Buffer.from('["DZA-LBY-02"]').toString('base64url')],
    ['a thousand letters', 'x'.repeat(1000)],
    ['two thousand letters', 'x'.repeat(2000)],
    ['nothing', ''],
  ])('is refused for a cursor that is %s', async (_what, cursor) => {
    await get(`/v1/${noun}`).query({ cursor }).expect(400);
  });

  test('is refused for the cursor of another list', async () => {
    for (const other of NOUNS.filter((one) => one !== noun && one !== 'zones')) {
      const cursor = await cursorOf(`/v1/${other}?limit=1`);
      const { body } = await get(`/v1/${noun}`).query({ cursor }).expect(400);
      expect(body.detail).toMatch(/belongs to another list/);
    }
  });

  test('is refused for a tampered cursor', async () => {
    const cursor = await cursorOf(`/v1/${noun}?limit=1`);
    const values: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const odd = [
      'a\0b',
      'now',
      'infinity',
      '2020-01-01 Nowhere/City',
      '2020-01-01T00:00:00+99:00',
      '9'.repeat(40),
      null,
      [],
      {},
      1.5,
    ];
    for (const [i] of values.entries())
      for (const value of odd) {
        const tampered = Buffer.from(JSON.stringify(values.with(i, value))).toString('base64url');
        // an id may be any text
        const { status } = await get(`/v1/${noun}`).query({ cursor: tampered });
        expect([i, value, [200, 400].includes(status)]).toEqual([i, value, true]);
      }
  });
});

describe('a page', () => {
  test('links to itself, and the next one keeps the filters and the limit', async () => {
    const { body } = await get('/v1/segments?border=LBY-TUN&limit=4').expect(200);
    expect(body.links[0]).toMatchObject({ rel: 'self', type: 'application/geo+json' });
    expect(body.links[0].href).toMatch(/\/v1\/segments\?border=LBY-TUN&limit=4$/);
    expect(nextOf(body)).toMatch(/^\/v1\/segments\?border=LBY-TUN&limit=4&cursor=/);
    const pages = await readPages(service.api, '/v1/segments?border=LBY-TUN&limit=4');
    expect(ids(pages).sort()).toEqual(idsOf(reference.segments.filter(({ id }) => id.startsWith('LBY-TUN'))));
  });

  test('may be empty', async () => {
    const { body } = await get('/v1/crossings?border=DZA-TUN&country=LBY').expect(200);
    expect(body).toMatchObject({ features: [], numberReturned: 0, numberMatched: 0 });
    expect(nextOf(body)).toBeUndefined();
  });

  test('may have any size: every limit gives the same list', async () => {
    const [whole] = await readPages(service.api, '/v1/segments?limit=100');
    for (const limit of [1, 3, 7, 49, 50])
      expect(ids(await readPages(service.api, `/v1/segments?limit=${limit}`))).toEqual(ids([whole]));
  });
});

describe('during writes, no row that stays is skipped or repeated', () => {
  test('with new incidents, newer and older and at the same instant', async () => {
    const source = 'while-reading';
    const staying: string[] = [];
    for (let n = 0; n < 12; n++)
      staying.push(await report({ source, occurredAt: `2026-03-0${1 + (n % 4)}T00:00:00Z` }));
    const added: string[] = [];
    const days = ['2026-02-20', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-20'];
    const pages = await readPages(service.api, `/v1/incidents?limit=2&source=${source}`, {}, async (page) => {
      if (page <= days.length)
        added.push(await report({ source, occurredAt: `${days[page - 1]}T00:00:00Z` }));
    });
    const seen = ids(pages);
    expect(seen.filter((id) => staying.includes(id)).sort()).toEqual(staying.sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.every((id) => staying.includes(id) || added.includes(id))).toBe(true);
    const times = featuresOf(pages).map(
      (one) => (one as unknown as { properties: { occurredAt: string } }).properties.occurredAt,
    );
    expect(times).toEqual([...times].sort().reverse());
  });

  test('with zones created and withdrawn', async () => {
    const change = { kind: 'patrol_sector' };
    const zones: string[] = [];
    for (let n = 0; n < 12; n++) zones.push(await createZone(change));
    const withdrawn = new Set<string>();
    const withdraw = async (id: string | undefined) => {
      if (id === undefined || withdrawn.has(id)) return;
      withdrawn.add(id);
      await service.api.delete(`/v1/zones/${id}`).set(operator).expect(204);
    };
    const pages = await readPages(service.api, '/v1/zones?limit=2&kind=patrol_sector', {}, async (page) => {
      await withdraw(zones[2 * page - 1]); // the one that the cursor stands on
      await withdraw(zones[2 * page + 2]);
      if (page < 4) await createZone(change);
    });
    const seen = ids(pages);
    const staying = zones.filter((id) => !withdrawn.has(id));
    expect(staying.length).toBeGreaterThan(2);
    expect(seen.filter((id) => staying.includes(id))).toEqual(staying);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('a limit above the maximum', () => {
  test('gives the maximum, and the rest follows', async () => {
    await service.db.query(
      { agency: 'tun-douane', country: 'TUN', roles: [] },
      sql`INSERT INTO agency (id, country, names, type, source)
          SELECT 'tun-exercise-' || n, 'TUN', '{"en": "Exercise desk"}', 'other', 'exercise'
          FROM generate_series(10001, 20005) AS n`,
    );
    const pages = await readPages(service.api, '/v1/agencies?limit=20000');
    expect(pages.map(({ numberReturned }) => numberReturned)).toEqual([
      10_000,
      5 + reference.agencies.length,
    ]);
    expect(new Set(ids(pages)).size).toBe(10_005 + reference.agencies.length);
  });
});
