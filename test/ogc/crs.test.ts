import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lineIntersect, lineString, toMercator } from '@turf/turf';
import { crossingOf, idsOf, reference } from '../support/builders.reference.ts';
import { CRS, LAYERS } from '../support/ogc.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true });
});
afterAll(() => service.stop());

const get = (path: string, query: Record<string, string | number> = {}) =>
  service.api.get(`/v1/collections/${path}`).query(query);
const list = async (path: string, query: Record<string, string | number> = {}) =>
  (await get(path, query).expect(200)).body.features;

const EARTH_RADIUS = 6_378_137;
const FLATTENING = 1 / 298.257223563;

/** Transverse Mercator of zone 32 by the series of Krüger: within a millimetre here. */
function toUtm32([lon, lat]: [number, number]): [number, number] {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const n = FLATTENING / (2 - FLATTENING);
  const A = (EARTH_RADIUS / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [
    n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3,
    (13 / 48) * n ** 2 - (3 / 5) * n ** 3,
    (61 / 240) * n ** 3,
  ];
  const e = (2 * Math.sqrt(n)) / (1 + n);
  const sine = Math.sin(radians(lat));
  const t = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
  const [lambda] = [radians(lon - 9)];
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t ** 2));
  const sum = (part: (a: number, j: number) => number) =>
    alpha.reduce((total, a, i) => total + part(a, i + 1), 0);
  const easting =
    500_000 + 0.9996 * A * (eta + sum((a, j) => a * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta)));
  const northing = 0.9996 * A * (xi + sum((a, j) => a * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta)));
  return [easting, northing];
}

describe('ogcapi-features-2/crs', () => {
  const at = crossingOf('ras-ajdir').geometry.coordinates as [number, number];

  test.each<[name: keyof typeof CRS, expected: number[], within: number]>([
    ['crs84', at, 1e-9],
    ['wgs84', at.toReversed(), 1e-9],
    ['mercator', toMercator(at), 0.001],
    ['utm', toUtm32(at), 0.001],
  ])(
    'coordinates come in %s, in its order of axes, and the header says so',
    async (name, expected, within) => {
      for (const path of ['crossings/items?ids=ras-ajdir', 'crossings/items/ras-ajdir']) {
        const { body, headers } = await get(path, { crs: CRS[name] }).expect(200);
        const { geometry } = body.features?.[0] ?? body;
        for (const [i, value] of expected.entries())
          expect(Math.abs(geometry.coordinates[i] - value)).toBeLessThanOrEqual(within);
        expect(headers['content-crs']).toBe(`<${CRS[name]}>`);
        expect(Object.keys(geometry)).toEqual(['type', 'coordinates']);
      }
    },
  );

  test('without a crs they come in CRS84', async () => {
    for (const id of LAYERS) {
      const { headers } = await get(`${id}/items?limit=1`).expect(200);
      expect(headers['content-crs']).toBe(`<${CRS.crs84}>`);
    }
  });

  const box = [7.9, 33, 9.6, 35.1] as const;
  const corners = (project: (position: [number, number]) => number[]) =>
    [project([box[0], box[1]]), project([box[2], box[3]])].flat().join();
  test.each<[name: keyof typeof CRS, bbox: string]>([
    ['crs84', box.join()],
    ['wgs84', [box[1], box[0], box[3], box[2]].join()],
    ['mercator', corners(toMercator)],
  ])('a box in %s keeps the same features', async (name, bbox) => {
    for (const id of ['segments', 'crossings', 'zones', 'incidents']) {
      const expected = idsOf(await list(`${id}/items?limit=1000`, { bbox: box.join() }));
      expect(expected.length).toBeGreaterThan(0);
      expect(idsOf(await list(`${id}/items?limit=1000`, { bbox, 'bbox-crs': CRS[name] }))).toEqual(expected);
      const withHeights = bbox.split(',').toSpliced(2, 0, '-5').concat('9').join();
      expect(
        idsOf(await list(`${id}/items?limit=1000`, { bbox: withHeights, 'bbox-crs': CRS[name] })),
      ).toEqual(expected);
    }
  });

  test('a box in UTM has straight edges in UTM', async () => {
    const edges = [420_000, 3_700_000, 560_000, 3_900_000];
    const [west, south, east, north] = edges as [number, number, number, number];
    const expected = reference.crossings.filter(({ geometry }) => {
      const [x, y] = toUtm32(geometry.coordinates as [number, number]);
      return x >= west && x <= east && y >= south && y <= north;
    });
    expect(expected.length).toBeGreaterThan(0);
    const found = await list('crossings/items?limit=100', { bbox: edges.join(), 'bbox-crs': CRS.utm });
    expect(idsOf(found)).toEqual(idsOf(expected));
  });

  test('a box across the antimeridian works in every CRS', async () => {
    const expected = idsOf(await list('segments/items', { bbox: '10,20,8.4,38' }));
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(await list('segments/items', { bbox: '20,10,38,8.4', 'bbox-crs': CRS.wgs84 }))).toEqual(
      expected,
    );
    const bbox = [toMercator([10, 20]), toMercator([8.4, 38])].flat().join();
    expect(idsOf(await list('segments/items', { bbox, 'bbox-crs': CRS.mercator }))).toEqual(expected);
  });

  test.each<[name: keyof typeof CRS, bbox: string, words: RegExp]>([
    ['wgs84', '8,33,9', /bbox must be/],
    ['wgs84', '33,181,34,182', /west.*181/],
    ['mercator', '1,2,3,x', /metres/],
    ['mercator', '1,3,2,2', /south 3.*north 2/],
    ['mercator', '0,0,30000000,1', /beyond the world/],
    ['utm', '0,0,9000000,1', /beyond UTM/],
    ['utm', '5,0,4,1', /west 5.*east 4/],
    ['utm', '1e400,0,4,1', /metres/],
  ])('in %s, the box %s is refused with what is wrong', async (name, bbox, words) => {
    const { body } = await get('segments/items', { bbox, 'bbox-crs': CRS[name] }).expect(400);
    expect(body.errors[0].path).toBe('bbox');
    expect(body.detail).toMatch(words);
  });
});

describe('precision', () => {
  test('is the number of decimals', async () => {
    const [feature] = await list('crossings/items', { ids: 'ras-ajdir', precision: 2 });
    expect(feature.geometry.coordinates).toEqual([11.56, 33.15]);
  });
});

describe('simplify', () => {
  const lines = async (query: Record<string, string | number>) =>
    (await list('segments/items', { border: 'DZA-TUN', limit: 100, ...query })) as {
      id: string;
      geometry: { coordinates: [number, number][] };
    }[];

  test.each([100, 1000, 5000])(
    'by %d metres drops vertices, and neighbours still meet and do not cross',
    async (metres) => {
      const [whole, simple] = [await lines({}), await lines({ simplify: metres })];
      const count = (list: typeof whole) =>
        list.reduce((sum, { geometry }) => sum + geometry.coordinates.length, 0);
      expect(count(simple)).toBeLessThan(count(whole) * 0.8);
      for (const [i, { geometry }] of simple.entries()) {
        const next = simple[i + 1];
        expect(geometry.coordinates[0]).toEqual(whole[i]!.geometry.coordinates[0]);
        if (!next) continue;
        expect(geometry.coordinates.at(-1)).toEqual(next.geometry.coordinates[0]);
        const meeting = lineIntersect(
          lineString(geometry.coordinates),
          lineString(next.geometry.coordinates),
        );
        expect(meeting.features).toHaveLength(1);
      }
    },
  );

  test('keeps areas, and each of them valid', async () => {
    const features = await list('zones/items', { simplify: 20_000 });
    expect(idsOf(features)).toEqual(idsOf(await list('zones/items')));
    for (const { geometry } of features)
      for (const polygon of geometry.coordinates)
        for (const ring of polygon) expect(ring.length).toBeGreaterThan(3);
  });
});
