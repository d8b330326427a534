import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, readTile, type TileLayers, tileOf, unitsOf } from '../support/tiles.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
const PLACE = [8.42, 35.2] as const;
const NOWHERE = [-150, -40] as const;
let incident: string;

const post = async (path: string, role: 'reporter' | 'operator', body: object): Promise<string> => {
  const answer = await service.api
    .post(`/v1${path}`)
    .set(as(keyOf('TUN', role)))
    .send(body);
  expect(answer.status).toBe(201);
  return answer.body.id;
};

beforeAll(async () => {
  service = await startService();
  incident = await post(
    '/incidents',
    'reporter',
    anIncident({ at: [...PLACE], kind: 'fire', severity: 'severe', tlp: 'AMBER+STRICT' }),
  );
  await post('/zones', 'operator', aZone({ geometry: aSquare([...PLACE]) }));
});
afterAll(() => service.stop());

const read = (
  layer: string | undefined,
  z: number,
  query = '',
  headers: Record<string, string> = reader,
): Promise<TileLayers> => readTile(service.api, pathOfTile(layer, tileOf(z, PLACE), query), headers);
const get = (path: string) => service.api.get(path).set(reader);

describe('ogcapi-tiles-1/core, ogcapi-tiles-1/mvt: a tile of a layer', () => {
  test.each(['borders', 'segments', 'crossings', 'zones', 'incidents'])(
    'has the features of %s in it, with properties and id',
    async (layer) => {
      const collection = COLLECTIONS.find(({ id }) => id === layer)!;
      const tile = tileOf(layer === 'incidents' ? 11 : 9, PLACE);
      const [west, north] = placeOf(tile, 0, 0);
      const [east, south] = placeOf(tile, 1, 1);
      const { body } = await get(
        `/v1/collections/${layer}/items?limit=10000&bbox=${[west, south, east, north]}`,
      ).expect(200);
      const { [layer]: features = [] } = await readTile(service.api, pathOfTile(layer, tile), reader);
      const ids = features.map(({ properties }) => properties.id);
      expect(body.features.length).toBeGreaterThan(0);
      for (const { id, properties } of body.features) {
        expect(ids).toContain(id);
        const found = features.find((one) => one.properties.id === id)!;
        const told = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
        expect(found.properties).toEqual({ id, ...told });
      }
      // the buffer shows some more
      expect(ids.length).toBeLessThan(body.features.length + 20);
      const type = { Point: 'Point', LineString: 'LineString', MultiPolygon: 'Polygon' }[
        collection.geometry!.type
      ];
      expect(new Set(features.map((feature) => feature.type))).toEqual(new Set([type]));
    },
  );

  test.each([11, 12, 16])('shows a point within half a unit of its position at zoom %d', async (z) => {
    const { incidents } = await read('incidents', z);
    const found = incidents!.find(({ properties }) => properties.id === incident)!;
    const [x, y] = unitsOf(tileOf(z, PLACE), PLACE);
    expect(Math.abs(found.parts[0]![0]![0] - x)).toBeLessThanOrEqual(0.51);
    expect(Math.abs(found.parts[0]![0]![1] - y)).toBeLessThanOrEqual(0.51);
    expect(found.properties).toMatchObject({
      kind: 'fire',
      severity: 'severe',
      owner: 'TUN',
      tlp: 'AMBER+STRICT',
    });
  });

  test('has numbers rounded as items have them', async () => {
    const [row] = await service.db.query<{ asked: number; other: number }>(
      { roles: [] },
      sql`SELECT count(*)::int AS asked, 0 AS seen_one,
            count(*) FILTER (WHERE tripoint.rounded(v.value, d) IS DISTINCT FROM round(v.value::numeric, d)::float8)::int AS other
          FROM (SELECT n / 16.0 AS value FROM generate_series(-20000, 20000) AS n
                UNION ALL SELECT n * 0.00137 FROM generate_series(1, 20000) AS n
                UNION ALL SELECT (n + 0.5) / 1000 FROM generate_series(1, 20000, 7) AS n
                UNION ALL SELECT NULL) AS v, unnest(ARRAY[1, 3]) AS d`,
    );
    expect(row).toEqual({ asked: 2 * (40_001 + 20_000 + 2858 + 1), other: 0, seen_one: 0 });
  });

  test('has outer rings with the winding of the format', async () => {
    const { zones } = await read('zones', 9);
    for (const { parts } of zones!) expect(turnOf(parts[0]!)).toBeGreaterThan(0);
  });

  test('has the requested properties, and the id', async () => {
    const { segments } = await read('segments', 8, '?properties=nameEn,border');
    expect(new Set(segments!.flatMap(({ properties }) => Object.keys(properties)))).toEqual(
      new Set(['id', 'nameEn', 'border']),
    );
  });

  test('is 204 without a body if empty', async () => {
    const answer = await get(pathOfTile('incidents', tileOf(12, NOWHERE))).expect(204);
    expect(answer.text).toBe('');
    await get(pathOfTile(undefined, tileOf(12, NOWHERE))).expect(204);
  });

  test('has its media type, and is 304 for its ETag', async () => {
    const path = pathOfTile('segments', tileOf(8, PLACE));
    const first = await get(path).expect(200);
    expect(first.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    await get(path).set('If-None-Match', first.headers.etag!).expect(304);
    await get(`${path}?border=LBY-TUN`).set('If-None-Match', first.headers.etag!).expect(204);
  });

  test.each([
    ['17/0/0', 404, 'There is no tile matrix 17; there are 0 to 16.'],
    ['-1/0/0', 404, 'There is no tile matrix -1; there are 0 to 16.'],
    ['3/8/0', 404, 'Tile matrix 3 has no row 8; it has 0 to 7.'],
    ['3/0/-1', 404, 'Tile matrix 3 has no column -1; it has 0 to 7.'],
    ['x/0/0', 400, 'path tileMatrix: must be a number (got "x")'],
    ['3/1.5/0', 400, /^path tileRow: /],
  ])('at %s is refused with %d, which names the range', async (position, status, detail) => {
    for (const base of ['/v1/collections/borders', '/v1']) {
      const { body } = await get(`${base}/tiles/WebMercatorQuad/${position}`).expect(status);
      expect(body.detail).toMatch(detail);
    }
  });

  test('does not exist for agencies, which have no geometry, and for missing layers', async () => {
    for (const rest of ['tiles', 'tiles/WebMercatorQuad', 'tiles/WebMercatorQuad/0/0/0', 'style']) {
      const { body } = await get(`/v1/collections/agencies/${rest}`).expect(404);
      expect(body.detail).toMatch(/^The features of agencies have no place/);
      await get(`/v1/collections/persons/${rest}`).expect(404);
    }
  });
});

describe('the filters of the items', () => {
  const lies = async (query: string) => {
    const { incidents = [] } = await read('incidents', 12, `?${query}`);
    return incidents.some(({ properties }) => properties.id === incident);
  };

  test.each([
    ['kind=fire', true],
    ['kind=flood', false],
    ['severity=severe,extreme&owner=TUN', true],
    ['filter=severity%3D%27severe%27', true],
    ['filter=severity%3D%27minor%27', false],
    [
      'filter=%7B%22op%22%3A%22%3D%22%2C%22args%22%3A%5B%7B%22property%22%3A%22kind%22%7D%2C%22fire%22%5D%7D&filter-lang=cql2-json',
      true,
    ],
    ['bbox=8,35,9,36', true],
    ['bbox=9,35,10,36', false],
    ['datetime=../2000-01-01', false],
    ['revision=1', true],
    ['within=POLYGON((8 35,9 35,9 36,8 36,8 35))', true],
  ])('choose what a tile holds: %s', async (query, expected) => {
    expect(await lies(query)).toBe(expected);
  });

  test.each([
    ['incidents', 'colour=red', /^query colour: /],
    ['segments', 'kind=fire', /^query kind: /],
    ['incidents', 'limit=10', /^query limit: /],
    ['incidents', 'as=LBY', /^query as: /],
    ['incidents', 'filter=colour=1', /colour/],
    ['incidents', 'properties=colour', /colour/],
    ['zones', 'f=pbf', /^query f: /],
  ])('of %s are parsed as strictly as there: %s', async (layer, query, detail) => {
    const { body } = await get(pathOfTile(layer, tileOf(9, PLACE), `?${query}`)).expect(400);
    expect(body.detail).toMatch(detail);
  });

  test('are 404 for a missing zone', async () => {
    const { body } = await get(pathOfTile('incidents', tileOf(12, PLACE), '?within=nowhere')).expect(400);
    expect(body.detail).toBe('query within: there is no zone with id nowhere');
  });

  test('ogcapi-tiles-1/datetime: select by time in all layers with times', async () => {
    const past = await read(undefined, 12, '?datetime=../2000-01-01');
    expect(Object.keys(past)).not.toContain('incidents');
    expect(Object.keys(await read(undefined, 12, '?datetime=2020-01-01/..'))).toContain('incidents');
  });
});

describe('ogcapi-tiles-1/collections-selection: a tile of all layers', () => {
  test('has each layer like the tile of that layer', async () => {
    const whole = await read(undefined, 11);
    expect(Object.keys(whole)).toEqual(expect.arrayContaining(['borders', 'segments', 'zones', 'incidents']));
    for (const layer of Object.keys(whole)) expect({ [layer]: whole[layer] }).toEqual(await read(layer, 11));
  });

  test('has the selected layers, and refuses unknown ones', async () => {
    expect(Object.keys(await read(undefined, 9, '?collections=crossings,borders'))).toEqual([
      'borders',
      'crossings',
    ]);
    for (const name of ['agencies', 'persons']) {
      const { body } = await get(pathOfTile(undefined, tileOf(9, PLACE), `?collections=${name}`)).expect(400);
      expect(body.detail).toMatch(new RegExp(`no tiles of "${name}"`));
    }
  });

  test('shows each caller only its rows', async () => {
    const seenBy = async (headers: Record<string, string>) => {
      const { incidents = [] } = await read(undefined, 12, '', headers);
      return incidents.some(({ properties }) => properties.id === incident);
    };
    expect(await seenBy(reader)).toBe(true);
    expect(await seenBy(as(keyOf('DZA', 'reader')))).toBe(false);
    expect(await seenBy({})).toBe(false);
  });
});

/** A corner of a tile in degrees. */
function placeOf(
  { z, x, y }: { z: number; x: number; y: number },
  right: 0 | 1,
  down: 0 | 1,
): [number, number] {
  const across = 2 ** z;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + down)) / across))) * 180) / Math.PI;
  return [((x + right) / across) * 360 - 180, lat];
}

/** Twice the area, positive where the ring turns as the hands of a clock do on the screen. */
const turnOf = (ring: [number, number][]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y);
  }, 0);
