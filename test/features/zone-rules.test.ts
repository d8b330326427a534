import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MultiPolygon } from 'geojson';
import {
  alongBorder,
  isInCountry,
  liesIn,
  metresTo,
  placesAlong,
  pointsInside,
  ringsOf,
} from '../support/builders.areas.ts';
import { crossingOf, reference } from '../support/builders.reference.ts';
import { aZone } from '../support/builders.ts';
import { geodesicMetres, type LonLat } from '../support/geodesy.oracle.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));
const post = (derivedFrom: object, change: object = {}) =>
  service.api
    .post('/v1/zones')
    .set(operator)
    .send(aZone({ derivedFrom, ...change }));
const derive = async (rule: object, change: object = {}) => (await post(rule, change).expect(201)).body;
const areaOf = async (rule: object, change: object = {}): Promise<MultiPolygon> =>
  (await derive(rule, change)).geometry;

// Places along a line are 50 m apart.
const NEAR_METRES = 30;

const stretch = { border: 'DZA-TUN', fromKm: 320, toKm: 340, widthMetres: 10_000 };

describe('a strip along a stretch of a border', () => {
  const border = alongBorder('DZA-TUN').filter(({ km }) => km > 290 && km < 370);
  const line = border.filter(({ km }) => km > 320 && km < 340);

  test('contains the stretch, is on both sides, and reaches no further than its width', async () => {
    const { geometry, properties } = await derive({ ...stretch, side: 'both' });
    expect(properties.derivedFrom).toEqual({ ...stretch, side: 'both' });
    expect(line.every(({ at }) => liesIn(geometry, at))).toBe(true);
    const inside = pointsInside(geometry);
    for (const country of ['DZA', 'TUN'])
      expect(inside.some((at) => isInCountry(country, at) && metresTo(line, at) > 2000)).toBe(true);
    for (const at of [...inside, ...ringsOf(geometry).flat()])
      expect(metresTo(line, at)).toBeLessThan(10_000 * 1.001 + NEAR_METRES);
  });

  test('is on both sides when no side is named', async () => {
    expect(await areaOf(stretch)).toEqual(await areaOf({ ...stretch, side: 'both' }));
  });

  test.each(['DZA', 'TUN'])('on the side of %s is only in that country', async (side) => {
    const other = side === 'DZA' ? 'TUN' : 'DZA';
    const geometry = await areaOf({ ...stretch, side });
    const inside = pointsInside(geometry, 20);
    expect(inside.length).toBeGreaterThan(30);
    expect(inside.every((at) => isInCountry(side, at))).toBe(true);
    const across = ringsOf(geometry)
      .flat()
      .filter((at) => isInCountry(other, at));
    for (const at of across) expect(metresTo(border, at)).toBeLessThan(NEAR_METRES);
  });

  test('with one participant is on its side', async () => {
    const alone = await areaOf(stretch, { participants: ['TUN'] });
    expect(alone).toEqual(await areaOf({ ...stretch, side: 'TUN' }));
  });

  test('beyond the end of the border ends with it', async () => {
    const beyond = { ...stretch, fromKm: 1030, toKm: 1200 };
    const area = await areaOf(beyond, { participants: ['DZA', 'TUN', 'LBY'] });
    const exact = await areaOf({ ...beyond, toKm: 1043.655 }, { participants: ['DZA', 'TUN', 'LBY'] });
    const tripoint = alongBorder('DZA-TUN').at(-1)!.at;
    expect(liesIn(area, tripoint)).toBe(true);
    expect(ringsOf(area).flat().length).toBe(ringsOf(exact).flat().length);
    for (const [lon, lat] of pointsInside(exact)) expect(liesIn(area, [lon, lat])).toBe(true);
  });
});

describe('a strip along a segment', () => {
  const segment = 'LBY-TUN-03';
  const line = placesAlong(
    reference.segments.find(({ id }) => id === segment)!.geometry.coordinates as LonLat[],
  );

  test('contains all of it and reaches no further than its width', async () => {
    const geometry = await areaOf(
      { segment, widthMetres: 5000, side: 'both' },
      { participants: ['LBY', 'TUN'] },
    );
    expect(line.every(({ at }) => liesIn(geometry, at))).toBe(true);
    for (const at of ringsOf(geometry).flat())
      expect(metresTo(line, at)).toBeLessThan(5000 * 1.001 + NEAR_METRES);
  });

  test('on one side is only in that country', async () => {
    const rule = { segment, widthMetres: 5000, side: 'LBY' };
    const inside = pointsInside(await areaOf(rule, { participants: ['LBY', 'TUN'] }), 20);
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.every((at) => isInCountry('LBY', at))).toBe(true);
  });
});

describe('a disc around a crossing', () => {
  const centre = crossingOf('bouchebka').geometry.coordinates as LonLat;
  const rule = { crossing: 'bouchebka', radiusMetres: 8000 };

  test('has its outline at the radius', async () => {
    const geometry = await areaOf(rule);
    const outline = ringsOf(geometry).map((ring) => ring.map((at) => geodesicMetres(centre, at)));
    const longest = outline.reduce((a, b) => (a.length > b.length ? a : b));
    expect(liesIn(geometry, centre)).toBe(true);
    expect(Math.max(...longest)).toBeLessThan(8001);
    expect(Math.min(...longest)).toBeGreaterThan(7995);
  });

  test('is half a disc for one participant', async () => {
    const geometry = await areaOf(rule, { participants: ['TUN'] });
    const inside = pointsInside(geometry, 20);
    expect(inside.every((at) => isInCountry('TUN', at) && geodesicMetres(centre, at) < 8001)).toBe(true);
    expect(inside.some((at) => isInCountry('DZA', at))).toBe(false);
  });
});

describe('a preview', () => {
  // GEOS throws an exception on these while it computes without a grid
  test.each([
    ['LBY-TUN', 150, 210, 500],
    ['DZA-TUN', 287, 307, 10_000],
  ])(
    'of %s, km %s to %s, %s m wide, shares the area among both sides',
    async (border, fromKm, toKm, widthMetres) => {
      const participants = border.split('-');
      const derivedFrom = { border, fromKm, toKm, widthMetres, side: 'both' };
      const { body } = await service.api
        .post('/v1/zones/preview')
        .set(operator)
        .send(aZone({ derivedFrom, participants }))
        .expect(200);
      const { areaKm2, countries, borders } = body.properties;
      expect(countries.map(({ country }: { country: string }) => country)).toEqual(participants);
      const shared = countries.reduce((sum: number, one: { areaKm2: number }) => sum + one.areaKm2, 0);
      expect(shared).toBeCloseTo(areaKm2, 1);
      expect(borders[0].lengthKm).toBeGreaterThan(toKm - fromKm - 0.1);
    },
  );
});

describe('a rule', () => {
  test('may be beside the geometry instead of in the properties', async () => {
    const zone = { ...aZone({ derivedFrom: undefined }), derivedFrom: { ...stretch, side: 'TUN' } };
    const { body } = await service.api.post('/v1/zones').set(operator).send(zone).expect(201);
    expect(body.properties.derivedFrom).toEqual(zone.derivedFrom);
    expect(body.geometry).toEqual(await areaOf(zone.derivedFrom));
  });

  const cases: [what: string, rule: object, change: object, status: number, words: RegExp][] = [
    ['an unknown border', { ...stretch, border: 'DZA-MAR' }, {}, 400, /derivedFrom/],
    ['an unknown segment', { segment: 'DZA-TUN-99', widthMetres: 1000 }, {}, 422, /does not exist/],
    ['an unknown crossing', { crossing: 'nowhere', radiusMetres: 1000 }, {}, 422, /does not exist/],
    ['a beginning at its end', { ...stretch, toKm: 320 }, {}, 422, /toKm: 320.*greater than fromKm 320/],
    ['a beginning after its end', { ...stretch, toKm: 310 }, {}, 422, /toKm: 310.*greater than fromKm 320/],
    ['a stretch beyond the border', { ...stretch, fromKm: 1100, toKm: 1200 }, {}, 422, /beyond its end/],
    ['a stretch before the border', { ...stretch, fromKm: -5 }, {}, 400, /fromKm.*-5/],
    [
      'a side that the border does not have',
      { ...stretch, side: 'LBY' },
      { participants: ['TUN', 'LBY'] },
      422,
      /LBY is not a side of DZA-TUN/,
    ],
    [
      'a side that the segment does not have',
      { segment: 'DZA-TUN-03', widthMetres: 1000, side: 'LBY' },
      {},
      422,
      /LBY is not a side/,
    ],
    [
      'a side that takes no part',
      { ...stretch, side: 'DZA' },
      { participants: ['TUN'] },
      422,
      /DZA does not participate/,
    ],
    [
      'a border far from all participants',
      { border: 'DZA-LBY', fromKm: 500, toKm: 520, widthMetres: 1000 },
      { participants: ['TUN'] },
      422,
      /no area/,
    ],
    ['no own country among the participants', stretch, { participants: ['DZA'] }, 422, /own country TUN/],
    ['no width', { ...stretch, widthMetres: undefined }, {}, 400, /widthMetres.*required/],
    ['a width of nothing', { ...stretch, widthMetres: 0 }, {}, 400, /widthMetres.*0/],
    ['a width of 101 km', { ...stretch, widthMetres: 101_000 }, {}, 400, /widthMetres.*100000.*101000/],
    ['a radius of 101 km', { crossing: 'bouchebka', radiusMetres: 101_000 }, {}, 400, /radiusMetres.*101000/],
    ['a number in quotes', { ...stretch, fromKm: '320' }, {}, 400, /fromKm.*number.*320/],
    ['an unknown side', { ...stretch, side: 'left' }, {}, 400, /side.*left/],
    ['an unknown property', { ...stretch, depth: 5 }, {}, 400, /depth/],
    ['two rules in one', { ...stretch, crossing: 'bouchebka' }, {}, 400, /derivedFrom/],
    ['nothing in it', {}, {}, 400, /derivedFrom/],
  ];
  test.each(cases)('with %s is refused, also in a preview', async (_what, rule, change, status, words) => {
    const { body } = await post(rule, change).expect(status);
    expect(body.detail).toMatch(words);
    const preview = service.api.post('/v1/zones/preview').set(operator);
    expect((await preview.send(aZone({ derivedFrom: rule, ...change })).expect(status)).body.detail).toBe(
      body.detail,
    );
  });
});
