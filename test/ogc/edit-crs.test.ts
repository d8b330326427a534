import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { aFlatIncident, aFlatZone } from '../support/builders.flat.ts';
import { CRS, editorOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let incidents: ReturnType<typeof editorOf>;
let zones: ReturnType<typeof editorOf>;
beforeAll(async () => {
  service = await startService();
  incidents = editorOf(service.api, 'incidents', as(keyOf('TUN', 'operator')));
  zones = editorOf(service.api, 'zones', as(keyOf('TUN', 'operator')));
});
afterAll(() => service.stop());

const PLACE: [number, number] = [8.4212345, 35.1987654];
const EARTH_RADIUS = 6_378_137;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const MERCATOR: [number, number] = [
  EARTH_RADIUS * radians(PLACE[0]),
  EARTH_RADIUS * Math.log(Math.tan(Math.PI / 4 + radians(PLACE[1]) / 2)),
];
// as gdaltransform brings it there
const UTM: [number, number] = [447_314.416692849, 3_895_239.13956252];
const POSITIONS: [uri: string, position: [number, number]][] = [
  [CRS.crs84, PLACE],
  [CRS.wgs84, [PLACE[1], PLACE[0]]],
  [CRS.mercator, MERCATOR],
  [CRS.utm, UTM],
];
const A_CENTIMETRE = 1e-7; // of a degree

/** As it is stored: answers are rounded. */
async function stored(id: string): Promise<[number, number]> {
  const [row] = await asTableOwner<{ at: [number, number] }>(
    service.db,
    sql`SELECT ARRAY[ST_X(i.point), ST_Y(i.point)] AS at FROM base.incident AS i WHERE i.id = ${id}`,
  );
  return row!.at;
}

const expectPlace = (at: readonly number[]) => {
  for (const axis of [0, 1]) expect(Math.abs(at[axis]! - PLACE[axis]!)).toBeLessThan(A_CENTIMETRE);
};

describe('ogcapi-features-4/features: a geometry that is sent', () => {
  const spellings = POSITIONS.flatMap(([uri, position]) => [
    [uri, position, uri] as const,
    [uri, position, `<${uri}>`] as const,
  ]);
  test.each(spellings)('in %s is at the right place (%j, %s)', async (_uri, coordinates, header) => {
    const crs = { 'Content-Crs': header };
    const geometry = { type: 'Point', coordinates };
    const { headers } = await incidents.post(aFlatIncident({ geometry }), crs).expect(201);
    const id = headers.location!.split('/items/')[1]!;
    expectPlace(await stored(id));

    const moved = await incidents.add(aFlatIncident());
    await incidents.patch(moved, { geometry }, crs).expect(204);
    expectPlace(await stored(moved));
    await incidents.put(moved, aFlatIncident({ geometry }), crs).expect(204);
    expectPlace(await stored(moved));
  });

  test('comes back unchanged in the same CRS', async () => {
    for (const [uri, coordinates] of POSITIONS) {
      const geometry = { type: 'Point', coordinates };
      const { headers } = await incidents
        .post(aFlatIncident({ geometry }), { 'Content-Crs': uri })
        .expect(201);
      const id = headers.location!.split('/items/')[1]!;
      const { body } = await incidents.get(id, `?precision=9&crs=${encodeURIComponent(uri)}`).expect(200);
      for (const axis of [0, 1])
        expect(body.geometry.coordinates[axis]).toBeCloseTo(
          coordinates[axis]!,
          /EPSG\/0\/\d{4,5}$/.test(uri) ? 3 : 7,
        );
    }
  });

  test('may be an area in metres with all its rings, without its heights', async () => {
    const ring = (size: number) => [
      [630_000, 3_900_000, 5],
      [630_000 + size, 3_900_000, 5],
      [630_000 + size, 3_900_000 + size, 5],
    ];
    const coordinates = [ring(9000), ring(3000).map(([x, y]) => [x! + 3000, y! + 1500])].map((one) => [
      ...one,
      one[0]!,
    ]);
    const sent = aFlatZone({ geometry: { type: 'Polygon', coordinates } });
    const { headers } = await zones.post(sent, { 'Content-Crs': CRS.utm }).expect(201);
    const id = headers.location!.split('/items/')[1]!;
    const { body } = await zones.get(id, `?crs=${encodeURIComponent(CRS.utm)}`).expect(200);
    expect(body.geometry.coordinates[0]).toHaveLength(2);
    const [first] = body.geometry.coordinates[0][0];
    expect(Math.hypot(first[0] - 630_000, first[1] - 3_900_000)).toBeLessThan(0.01);
    // half of 9 by 9 without half of 3 by 3 kilometres, in the scale of the projection
    expect(body.properties.areaKm2).toBeGreaterThan(35.9);
    expect(body.properties.areaKm2).toBeLessThan(36.1);
  });

  test.each([
    ['http://www.opengis.net/def/crs/EPSG/0/2154', 'is not known'],
    ['EPSG:3857', 'is not known'],
    ['<', 'is not known'],
    ['', 'is not known'],
  ])('in %s is refused, and the known ones are named', async (header, message) => {
    const { body } = await incidents.post(aFlatIncident(), { 'Content-Crs': header }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ in: 'header', path: 'Content-Crs' })]);
    expect(body.detail).toContain(message);
    expect(body.detail).toContain(CRS.utm);
  });

  test.each<[crs: string, geometry: object, status: number]>([
    [CRS.mercator, { type: 'Point', coordinates: [9e9, 0] }, 400],
    [CRS.utm, { type: 'Point', coordinates: [9e9, 0] }, 400],
    [CRS.utm, { type: 'Point', coordinates: [1] }, 400],
    [CRS.utm, { type: 'Point', coordinates: ['a', 'b'] }, 400],
    [CRS.utm, { type: 'Point', coordinates: [] }, 400],
    [CRS.utm, { type: 'Point' }, 400],
    [CRS.utm, { type: 'Point', coordinates: { x: 1 } }, 400],
    [CRS.wgs84, { type: 'Point', coordinates: [100, 8] }, 400],
    [CRS.wgs84, { type: 'Point', coordinates: [8] }, 400],
    [
      CRS.utm,
      {
        type: 'LineString',
        coordinates: [
          [500_000, 3_900_000],
          [500_001, 3_900_000],
        ],
      },
      400,
    ],
  ])('in %s that is invalid (%j) is refused', async (crs, geometry, status) => {
    await incidents.post(aFlatIncident({ geometry }), { 'Content-Crs': crs }).expect(status);
    await zones.post(aFlatZone({ geometry }), { 'Content-Crs': crs }).expect(status);
  });
});
