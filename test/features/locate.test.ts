import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aMandate } from '../support/builders.agencies.ts';
import { mandatesAt, positionOf, reference } from '../support/builders.reference.ts';
import { aSquare, type aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { geodesicMetres, type LonLat, travel } from '../support/geodesy.oracle.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ask = (query: object) => service.api.get('/v1/locate').query(query);
const locate = async (query: object, headers = {}) => (await ask(query).set(headers).expect(200)).body;
const at = ([lon, lat]: LonLat) => ({ lon, lat });

interface Town {
  name: string;
  lon: number;
  lat: number;
  expectedCountry: string;
  border: string;
  distanceToBorderM: number;
}
const towns: Town[] = JSON.parse(readFileSync(new URL('../../data/places.json', import.meta.url), 'utf8'));
const accuracyOf = (code: string): number =>
  reference.borders.find(({ id }) => id === code)!.properties.horizontalAccuracyM;

describe('a town', () => {
  test("is in its country, or undetermined if the line's error exceeds its distance", async () => {
    for (const { lon, lat, expectedCountry, border, distanceToBorderM } of towns) {
      const isNear = distanceToBorderM < accuracyOf(border);
      const { country, candidates } = await locate({ lon, lat });
      expect({ lon, lat, country }).toEqual({ lon, lat, country: isNear ? 'undetermined' : expectedCountry });
      expect(candidates).toEqual(isNear ? border.split('-') : null);
    }
  });

  test('has its nearest border, and the distance to it', async () => {
    for (const { lon, lat, border, distanceToBorderM } of towns.slice(0, 25)) {
      const { nearestBorder } = await locate({ lon, lat });
      expect(nearestBorder).toMatchObject({ border, accuracyMetres: accuracyOf(border) });
      expect(Math.abs(nearestBorder.distanceMetres / distanceToBorderM - 1)).toBeLessThan(0.001);
    }
  });
});

describe('a place', () => {
  test("is undetermined once its own accuracy plus the line's reaches the border", async () => {
    const place = { lon: 8.28, lat: 35.1 };
    const { nearestBorder } = await locate(place);
    const spare = nearestBorder.distanceMetres - nearestBorder.accuracyMetres;
    expect(spare).toBeGreaterThan(100);
    expect((await locate({ ...place, accuracyMetres: Math.floor(spare) - 1 })).country).toBe('DZA');
    const { country, candidates } = await locate({ ...place, accuracyMetres: Math.ceil(spare) + 1 });
    expect({ country, candidates }).toEqual({ country: 'undetermined', candidates: ['DZA', 'TUN'] });
  });

  test('at the tripoint has all three as candidates', async () => {
    expect(await locate({ lon: 9.559207, lat: 30.229061 })).toMatchObject({
      country: 'undetermined',
      candidates: ['DZA', 'LBY', 'TUN'],
      nearestBorder: { distanceMetres: 0 },
    });
  });

  test.each([
    ['on the high seas', { lon: 15.5, lat: 38 }],
    ['in Mali', { lon: -3, lat: 17 }],
    ['on the other side of the globe', { lon: -171, lat: -33 }],
    ['at a pole', { lon: 180, lat: -90 }],
  ])('%s is outside the three countries, but has a nearest border', async (_where, place) => {
    const { country, candidates, nearestBorder, nearestCrossings, responsible } = await locate(place);
    expect({ country, candidates, responsible }).toEqual({
      country: null,
      candidates: null,
      responsible: [],
    });
    expect(nearestBorder.distanceMetres).toBeGreaterThan(100_000);
    expect(nearestCrossings).toHaveLength(3);
  });

  test('names its segment by the chainage', async () => {
    const { id, properties, geometry } = reference.segments.find((segment) => segment.id === 'LBY-TUN-05')!;
    const middle = geometry.coordinates[Math.floor(geometry.coordinates.length / 2)] as LonLat;
    const { nearestBorder } = await locate(at(travel(middle, 90, 2000)));
    expect(nearestBorder).toMatchObject({ border: 'LBY-TUN', segment: id, segmentNames: properties.names });
    expect(nearestBorder.borderKm).toBeGreaterThan(properties.fromKm);
    expect(nearestBorder.borderKm).toBeLessThan(properties.toKm);
  });

  test('names the three nearest crossings with distance and state', async () => {
    const here: LonLat = [8.9, 35.6];
    const { nearestCrossings } = await locate(at(here));
    const expected = reference.crossings
      .map(({ id, geometry, properties }) => ({
        id,
        state: properties.status.state,
        metres: geodesicMetres(here, geometry.coordinates as LonLat),
      }))
      .sort((a, b) => a.metres - b.metres)
      .slice(0, 3);
    expect(nearestCrossings).toMatchObject(expected.map(({ id, state }) => ({ id, state })));
    for (const [i, { distanceMetres }] of nearestCrossings.entries())
      expect(Math.abs(distanceMetres - expected[i]!.metres)).toBeLessThan(0.1);
  });
});

describe('who is responsible', () => {
  const mandates = ({ responsible }: { responsible: { mandate: string }[] }) =>
    responsible.map(({ mandate }) => mandate).sort();
  const today = new Date().toISOString().slice(0, 10);

  test('is the country of the place', async () => {
    const answer = await locate({ lon: 11.2, lat: 33.1 });
    expect(mandates(answer)).toEqual(mandatesAt({ countries: ['TUN'], border: 'LBY-TUN' }, today));
  });

  test('are both countries if it is undetermined', async () => {
    const answer = await locate(positionOf('tin-alkoum-issin'));
    expect(mandates(answer)).toEqual(mandatesAt({ countries: ['DZA', 'LBY'], border: 'DZA-LBY' }, today));
  });
});

describe('the zones', () => {
  const operator = as(keyOf('TUN', 'operator'));
  const centre: LonLat = [9.5, 33.5];
  const create = async (change: Parameters<typeof aZone>[0] = {}) => {
    return (await agreeZone(service.api, 'TUN', { geometry: aSquare(centre), tlp: 'CLEAR', ...change })).id;
  };
  const relationOf = async (id: string, query: object, headers = {}) => {
    const { zones } = await locate(query, headers);
    return zones.find((zone: { id: string }) => zone.id === id)?.relation;
  };

  test('are those around the place, with the error circle inside or across the edge', async () => {
    const id = await create();
    // half a side is 0.1 degree, about 9.3 km from west to east and 11.1 km from south to north
    expect(await relationOf(id, at(centre))).toBe('inside');
    expect(await relationOf(id, { ...at(centre), accuracyMetres: 9000 })).toBe('inside');
    expect(await relationOf(id, { ...at(centre), accuracyMetres: 9600 })).toBe('edge');
    expect(await relationOf(id, { lon: 9.595, lat: 33.5, accuracyMetres: 500 })).toBe('edge');
    expect(await relationOf(id, { lon: 9.595, lat: 33.5, accuracyMetres: 400 })).toBe('inside');
    expect(await relationOf(id, { lon: 9.605, lat: 33.5, accuracyMetres: 5000 })).toBeUndefined();
  });

  test('are those in force now', async () => {
    const past = await create({ validFrom: '2026-01-01', validTo: '2026-02-01' });
    const future = await create({ validFrom: '2100-01-01' });
    const withdrawn = await create();
    await service.api.delete(`/v1/zones/${withdrawn}`).set(operator).expect(204);
    for (const id of [past, future, withdrawn]) expect(await relationOf(id, at(centre))).toBeUndefined();
    const { zones } = await locate({ lon: 9.9, lat: 31 });
    expect(zones).toEqual([]);
  });

  test('are the visible ones, and so are their mandates', async () => {
    const id = await create({ tlp: 'AMBER' });
    const mandate = aMandate({ function: 'zone_access', scope: { type: 'zone', zone: id } });
    await service.api
      .post('/v1/mandates')
      .set(as(keyOf('TUN', 'admin')))
      .send(mandate)
      .expect(201);
    const seen = async (headers = {}) => {
      const { zones, responsible } = await locate(at(centre), headers);
      const isScope = ({ scope }: { scope: { id: string } }) => scope.id === id;
      return [zones.some((zone: { id: string }) => zone.id === id), responsible.some(isScope)];
    };
    expect(await seen(as(keyOf('DZA', 'reader')))).toEqual([true, true]);
    expect(await seen(as(keyOf('LBY', 'reader')))).toEqual([false, false]);
    expect(await seen()).toEqual([false, false]);
  });
});

describe('what is refused', () => {
  const cases: [query: object, words: RegExp][] = [
    [{}, /lon/],
    [{ lon: 8 }, /lat/],
    [{ lon: 181, lat: 34 }, /lon.*181/],
    [{ lon: 8, lat: 91 }, /lat.*91/],
    [{ lon: 'east', lat: 34 }, /lon.*east/],
    [{ lon: '', lat: 34 }, /lon/],
    [{ lon: [8, 9], lat: 34 }, /lon.*once/],
    [{ lon: 8, lat: 34, accuracyMetres: -1 }, /accuracyMetres.*-1/],
    [{ lon: 8, lat: 34, accuracyMetres: 1e9 }, /accuracyMetres.*500000/],
    [{ lon: 8, lat: 34, at: '2026-01-01' }, /at.*not known; known are lon, lat, accuracyMetres/],
  ];
  test.each(cases)('%j', async (query, words) => {
    const { body } = await ask(query).expect(400);
    expect(body.detail).toMatch(words);
  });
});
