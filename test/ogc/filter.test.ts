import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { CRS } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const ids: Record<string, string> = {};

beforeAll(async () => {
  service = await startService();
  const report = async (name: string, change: Parameters<typeof anIncident>[0]) => {
    const sent = service.api.post('/v1/incidents').set(as(keyOf('TUN', 'reporter')));
    const { body } = await sent.send(anIncident({ tlp: 'CLEAR', ...change })).expect(201);
    ids[name] = body.id;
  };
  await report('fire', {
    kind: 'fire',
    at: [8.42, 35.2],
    occurredAt: '2026-02-01T06:30:00Z',
    placeText: 'Wadi one',
  });
  await report('flood', {
    kind: 'flood',
    at: [9.5, 34],
    occurredAt: '2026-03-01T06:30:00Z',
    counts: { best: 7 },
  });
  await report('far', {
    kind: 'fire',
    at: [10.1, 24],
    occurredAt: '2026-04-01T06:30:00Z',
    placeText: 'Ridge',
  });
  await report('hidden', { kind: 'fire', at: [8.43, 35.21], tlp: 'RED' });
});
afterAll(() => service.stop());

const ask = (query: Record<string, string>, layer = 'incidents') =>
  service.api.get(`/v1/collections/${layer}/items`).query(query);

async function found(query: Record<string, string>, layer?: string): Promise<string[]> {
  const { body } = await ask(query, layer).expect(200);
  return body.features.map((feature: { id: string }) => feature.id).sort();
}

const named = (...names: string[]) => names.map((name) => ids[name]!).sort();

describe('ogcapi-features-3/filter, ogcapi-features-3/features-filter', () => {
  test.each([
    [`kind = 'fire'`, ['fire', 'far']],
    [`kind IN ('flood') AND countsBest BETWEEN 5 AND 9`, ['flood']],
    [`countsBest IS NULL AND NOT (kind = 'flood')`, ['fire', 'far']],
    [`CASEI(placeText) LIKE CASEI('wadi%')`, ['fire']],
    [`occurredAt >= TIMESTAMP('2026-03-01T00:00:00Z')`, ['flood', 'far']],
    [`T_INTERSECTS(occurredAt, INTERVAL('2026-02-01', '2026-02-28'))`, ['fire']],
    [`S_INTERSECTS(geometry, BBOX(8, 33, 10, 36))`, ['fire', 'flood']],
    [`S_DWITHIN(geometry, POINT(8.42 35.2), 5000)`, ['fire']],
    [`borderKm > 0 AND owner = 'TUN'`, ['fire', 'flood', 'far']],
  ])('%s', async (filter, names) => {
    expect(await found({ filter })).toEqual(named(...names));
    const { body } = await ask({ filter, resultType: 'hits' }).expect(200);
    expect(body.numberMatched).toBe(names.length);
  });

  test('is accepted as JSON, and in the dialect of GDAL', async () => {
    const filter = JSON.stringify({ op: '=', args: [{ property: 'kind' }, 'flood'] });
    expect(await found({ filter, 'filter-lang': 'cql2-json' })).toEqual(named('flood'));
    expect(await found({ filter: `"placeText" ILIKE 'WADI%'`, 'filter-lang': 'cql-text' })).toEqual(
      named('fire'),
    );
  });

  test('accepts geometries in filter-crs', async () => {
    const filter = 'S_INTERSECTS(geometry, BBOX(35, 8, 36, 9))';
    expect(await found({ filter, 'filter-crs': CRS.wgs84 })).toEqual(named('fire'));
    expect(await found({ filter })).toEqual([]);
  });

  test('combines with all other parameters, and stays in the next link', async () => {
    const query = {
      filter: `kind = 'fire'`,
      datetime: '2026-01-01T00:00:00Z/..',
      sortby: 'occurredAt',
      limit: '1',
    };
    const { body } = await ask(query).expect(200);
    expect(body.features.map((feature: { id: string }) => feature.id)).toEqual([ids.fire]);
    const next = body.links.find((link: { rel: string }) => link.rel === 'next').href;
    const { pathname, search } = new URL(next);
    const second = await service.api.get(pathname + search).expect(200);
    expect(second.body.features.map((feature: { id: string }) => feature.id)).toEqual([ids.far]);
  });

  test('works on every layer, agencies without geometry too', async () => {
    expect(await found({ filter: `id = 'DZA-TUN'` }, 'borders')).toEqual(['DZA-TUN']);
    expect(await found({ filter: `nameEn = 'Bouchebka'` }, 'crossings')).toEqual(['bouchebka']);
    expect((await found({ filter: `country = 'LBY'` }, 'agencies')).length).toBeGreaterThan(3);
    await ask({ filter: 'S_INTERSECTS(geometry, BBOX(8, 33, 10, 36))' }, 'agencies').expect(400);
  });

  test('sees lists as arrays, and as their text form', async () => {
    const bySide = await found({ filter: `A_CONTAINS(countries, ('LBY'))` }, 'crossings');
    expect(bySide.length).toBeGreaterThan(3);
    expect(await found({ filter: `countries LIKE '%LBY%'` }, 'crossings')).toEqual(bySide);
    expect(await found({ filter: `countries IN ('LBY,TUN', 'DZA,LBY')` }, 'crossings')).toEqual(bySide);
    const all = await found({}, 'crossings');
    const without = await found({ filter: 'alternatives IS NULL' }, 'crossings');
    expect(without).toEqual(all.filter((id) => !['ras-ajdir', 'oum-teboul-melloula'].includes(id)));
  });

  test.each([
    [{ filter: 'colour = 1' }, /no property "colour".*kind/],
    [{ filter: `kind = ` }, /cannot be read/],
    [{ filter: `countsBest LIKE 'a%'` }, /countsBest/],
    [{ filter: '{', 'filter-lang': 'cql2-json' }, /not valid JSON/],
    [{ filter: 'kind', 'filter-lang': 'sql' }, /filter-lang/],
  ] as [Record<string, string>, RegExp][])('a bad one is refused: %j', async (query, sentence) => {
    const { status, body } = await ask(query);
    expect([status, body.detail]).toEqual([400, expect.stringMatching(sentence)]);
  });

  test('functions beyond the standard are listed', async () => {
    const { body } = await service.api.get('/v1/functions').expect(200);
    expect(body.functions.map(({ name }: { name: string }) => name)).toEqual(['S_DWITHIN', 'NOW']);
  });
});
