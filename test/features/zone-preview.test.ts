import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  alongBorder,
  crossingsInside,
  liesIn,
  ringKm2,
  segmentsTouching,
} from '../support/builders.areas.ts';
import { idsOf, reference } from '../support/builders.reference.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { geodesicMetres, type LonLat } from '../support/geodesy.oracle.ts';
import { polygon, rectangle } from '../support/membership.shapes.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));
type Change = Parameters<typeof aZone>[0];
const preview = async (change: Change, headers = operator) =>
  (await service.api.post('/v1/zones/preview').set(headers).send(aZone(change)).expect(200)).body;
const create = (change: Change) => agreeZone(service.api, 'TUN', change);
const squareKm2 = (square: ReturnType<typeof aSquare>): number => ringKm2(square.coordinates[0] as LonLat[]);

const allCountries = ['DZA', 'LBY', 'TUN'];
const zones: [what: string, change: Change][] = [
  ['a drawn area', { geometry: aSquare([8.42, 35.17], 0.2) }],
  [
    'a strip on both sides',
    { derivedFrom: { border: 'DZA-TUN', fromKm: 320, toKm: 340, widthMetres: 10_000 } },
  ],
  ['a strip on one side', { derivedFrom: { segment: 'DZA-TUN-06', widthMetres: 7000, side: 'TUN' } }],
  [
    'a disc at the coast',
    { derivedFrom: { crossing: 'ras-ajdir', radiusMetres: 10_000 }, participants: ['LBY', 'TUN'] },
  ],
  [
    'a strip at the tripoint',
    {
      derivedFrom: { border: 'LBY-TUN', fromKm: 460, toKm: 479, widthMetres: 15_000 },
      participants: allCountries,
    },
  ],
];

describe.each(zones)('the preview of %s', (_what, change) => {
  test('shows the area that is stored afterwards', async () => {
    const seen = await preview(change);
    const stored = await create(change);
    expect(stored.geometry).toEqual(seen.geometry);
    expect(stored.properties.areaKm2).toBe(seen.properties.areaKm2);
  });

  test('divides it among the countries exactly', async () => {
    const { areaKm2, countries } = (await preview(change)).properties;
    const sum = (name: 'areaKm2' | 'share') =>
      countries.reduce((total: number, one: Record<string, number>) => total + one[name]!, 0);
    expect(Math.abs(sum('areaKm2') / areaKm2 - 1)).toBeLessThan(0.001);
    expect(Math.abs(sum('share') - 1)).toBeLessThan(0.001);
  });

  test('names the segments and the crossings in it', async () => {
    const { geometry, properties } = await preview(change);
    expect(properties.segments).toEqual(segmentsTouching(geometry));
    expect(idsOf(properties.crossings)).toEqual(crossingsInside(geometry));
  });
});

describe('a preview', () => {
  test('measures the geodesic area', async () => {
    const geometry = aSquare([8.42, 35.17], 0.2);
    const { areaKm2 } = (await preview({ geometry })).properties;
    expect(areaKm2 / squareKm2(geometry)).toBeCloseTo(1, 4);
  });

  test('gives a one-sided zone to that country only', async () => {
    const rule = { border: 'DZA-TUN', fromKm: 320, toKm: 340, widthMetres: 10_000, side: 'DZA' };
    const { countries } = (await preview({ derivedFrom: rule })).properties;
    expect(countries).toMatchObject([{ country: 'DZA', share: 1 }]);
  });

  test('gives no country the area outside the three', async () => {
    const { countries, borders, segments, crossings } = (await preview({ geometry: aSquare([14, 38]) }))
      .properties;
    expect({ countries, borders, segments, crossings }).toEqual({
      countries: [],
      borders: [],
      segments: [],
      crossings: [],
    });
  });

  test('measures the covered stretches of borders', async () => {
    const geometry = polygon(rectangle(9.15, 29.85, 9.95, 30.65));
    const { borders } = (await preview({ geometry })).properties;
    expect(borders.map(({ border }: { border: string }) => border)).toEqual([
      'DZA-LBY',
      'DZA-TUN',
      'LBY-TUN',
    ]);
    for (const { border, lengthKm, stretches } of borders) {
      const places = alongBorder(border);
      const covered = places.filter(({ at }) => liesIn(geometry, at)).map(({ km }) => km);
      const length = places
        .slice(1)
        .reduce((sum, { at, km }, i) => sum + (liesIn(geometry, at) ? km - places[i]!.km : 0), 0);
      expect(Math.abs(lengthKm - length)).toBeLessThan(0.2);
      expect(Math.abs(stretches[0].fromKm - Math.min(...covered))).toBeLessThan(0.1);
      expect(Math.abs(stretches.at(-1).toKm - Math.max(...covered))).toBeLessThan(0.1);
    }
  });

  test('separates stretches where the line leaves the area and returns', async () => {
    const places = alongBorder('DZA-TUN');
    const geometry = polygon(rectangle(7.75, 35, 8.25, 37));
    const isInside = places.map(({ at }) => liesIn(geometry, at));
    const entries = isInside.filter((inside, i) => inside && !isInside[i - 1]).length;
    const [{ stretches }] = (await preview({ geometry })).properties.borders;
    expect(entries).toBeGreaterThan(1);
    expect(stretches).toHaveLength(entries);
  });

  test('separates stretches on one straight edge of the line', async () => {
    const line = reference.borders.find(({ id }) => id === 'DZA-LBY')!.geometry.coordinates as LonLat[];
    const i = line.findIndex((to, n) => n > 0 && geodesicMetres(line[n - 1]!, to) > 4500);
    const [from, to] = [line[i - 1]!, line[i]!];
    const squareAt = (part: number) =>
      aSquare([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part], 0.002).coordinates;
    const geometry = { type: 'MultiPolygon', coordinates: [squareAt(0.25), squareAt(0.75)] };
    const [{ lengthKm, stretches }] = (await preview({ geometry })).properties.borders;
    expect(stretches).toHaveLength(2);
    expect(lengthKm).toBeLessThan(1.5);
    expect(stretches[1].fromKm - stretches[0].toKm).toBeGreaterThan(1.5);
  });

  test('stores nothing', async () => {
    const list = async () =>
      (await service.api.get('/v1/zones?limit=1000').set(operator)).body.features.length;
    const before = await list();
    await preview({});
    expect(await list()).toBe(before);
  });

  test('is for operators', async () => {
    await service.api.post('/v1/zones/preview').send(aZone()).expect(401);
    await service.api
      .post('/v1/zones/preview')
      .set(as(keyOf('TUN', 'reader')))
      .send(aZone())
      .expect(403);
  });
});

describe('the overlaps of a preview', () => {
  const drawn = (west: number, east: number) => {
    return { geometry: polygon(rectangle(west, 32, east, 33)) };
  };
  const overlapping = async (change: Change) =>
    (await preview(change)).properties.overlaps as { zone: string; areaKm2: number }[];
  const overlapWith = async (change: Change, id: string) =>
    (await overlapping(change)).find(({ zone }) => zone === id)?.areaKm2;

  test('name each zone and the shared area', async () => {
    const { id } = await create(drawn(2, 3));
    const { geometry } = drawn(2.75, 3);
    const shared = await overlapWith(drawn(2.75, 4), id);
    expect(shared! / ringKm2(geometry.coordinates[0] as LonLat[])).toBeCloseTo(1, 3);
  });

  test('omit a neighbour that shares only a line', async () => {
    const { id } = await create(drawn(2, 3));
    expect(await overlapWith(drawn(3, 4), id)).toBeUndefined();
  });

  test('omit hidden, withdrawn and ended zones', async () => {
    const hidden = { participants: ['LBY'], tlp: 'AMBER+STRICT' };
    const { id: foreign } = await agreeZone(service.api, 'LBY', { ...drawn(2, 3), ...hidden });
    const { id: withdrawn } = await create(drawn(2, 3));
    await service.api.delete(`/v1/zones/${withdrawn}`).set(operator).expect(204);
    const { id: ended } = await create({ ...drawn(2, 3), validFrom: '2026-01-01', validTo: '2026-02-01' });
    for (const id of [foreign, withdrawn, ended]) expect(await overlapWith(drawn(2, 3), id)).toBeUndefined();
  });
});

describe('the incidents of a preview', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const report = (change: Parameters<typeof anIncident>[0], key = keyOf('TUN', 'reporter')) =>
    service.api.post('/v1/incidents').set(as(key)).send(anIncident(change)).expect(201);
  const count = async (headers = operator) =>
    (await preview({ geometry: aSquare([9.5, 33.5]) }, headers)).properties.incidentsLast90Days;

  test('are the visible ones inside, of the last 90 days', async () => {
    await report({ at: [9.5, 33.5], occurredAt: daysAgo(1) });
    await report({ at: [9.6, 33.6], occurredAt: daysAgo(89) });
    await report({ at: [9.5, 33.5], occurredAt: daysAgo(91) });
    await report({ at: [9.61, 33.5], occurredAt: daysAgo(1) });
    await report({ at: [9.5, 33.5], occurredAt: daysAgo(1) }, keyOf('DZA', 'reporter'));
    await report({ at: [9.5, 33.5], occurredAt: daysAgo(1), tlp: 'GREEN' }, keyOf('DZA', 'reporter'));
    expect(await count()).toBe(3);
    expect(await count(as(keyOf('DZA', 'operator')))).toBe(2);
  });
});
