import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { render, sql } from '../../../src/db/sql.ts';
import { CRS84, EPSG_3857, EPSG_4326, EPSG_32632, type FilterCrs } from '../../../src/ogc/cql2/filter.crs.ts';
import type { Queryables } from '../../../src/ogc/cql2/queryable.sql.ts';
import { compileText, openRows, type Rows } from '../../support/cql2.rows.ts';
import { makeThings, thingQueryables, things } from '../../support/cql2.things.ts';

const square = (west: number, south: number, size: number) => {
  const [east, north] = [west + size, south + size];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
};
const shape = (id: number, type: string, coordinates: unknown) =>
  ({ id, properties: {}, geometry: { type, coordinates } }) as never;

let rows: Rows;
beforeAll(async () => {
  rows = await openRows((client) =>
    makeThings(client, [
      shape(1, 'Point', [9, 34]),
      shape(2, 'Point', [10, 35]),
      shape(3, 'LineString', [
        [8, 34],
        [10, 34],
      ]),
      shape(4, 'Polygon', [square(8, 33, 2)]),
      shape(5, 'Polygon', [square(9, 34, 2)]),
      shape(6, 'Polygon', [square(10, 33, 1)]),
      shape(7, 'MultiPoint', [
        [179.5, 0],
        [-179.5, 0],
      ]),
      shape(8, 'Point', [-179, 1]),
      { id: 9, properties: {} },
    ]),
  );
});
afterAll(() => rows.close());

const ids = (filter: string, crs: FilterCrs = CRS84, queryables: Queryables = thingQueryables) =>
  rows.ids(things, compileText(filter, queryables, crs));

const refusal = (filter: string, crs: FilterCrs = CRS84): string => {
  try {
    compileText(filter, thingQueryables, crs);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 400) return message;
    throw error;
  }
  throw new Error(`was compiled: ${filter}`);
};

const OUTSIDE =
  'lies outside the reference system of the filter: the first axis goes from -180 to 180, the second from -90 to 90';

// the drafts and QGIS up to 3.42 say basic-spatial-operators
describe('cql2/1.0/conf/basic-spatial-functions, cql2/1.0/conf/basic-spatial-operators', () => {
  test.each<[filter: string, expected: number[]]>([
    ['S_INTERSECTS(geom, BBOX(-180, -90, 180, 90))', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['S_INTERSECTS(geom, BBOX(8.5, 33.5, -100, 9.5, 34.5, 100))', [1, 3, 4, 5]],
    ['S_INTERSECTS(geom, POINT(9 34))', [1, 3, 4, 5]],
    ['S_INTERSECTS(geom, POINT Z (9 34 250))', [1, 3, 4, 5]],
    ['NOT S_INTERSECTS(geom, POINT(9 34))', [2, 6, 7, 8]],
    ['S_INTERSECTS(geom, BBOX(9, 34, 9, 34))', [1, 3, 4, 5]],
    ['S_INTERSECTS(geom, BBOX(9, 34, 9, 35))', [1, 3, 4, 5]],
    ['S_INTERSECTS(geom, BBOX(179, -1, -179, 1))', [7, 8]],
    ['S_INTERSECTS(geom, BBOX(180, 1, -179, 1))', [8]],
    ['S_WITHIN(geom, BBOX(170, -10, -170, 10))', [7, 8]],
    ['S_INTERSECTS(geom, BBOX(-180,-90,-90,90)) AND S_INTERSECTS(geom, BBOX(90,-90,180,90))', [7]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test('a box is compared by coordinates if a column has only points, with the same rows', async () => {
    const points: Queryables = new Map([['geom', { type: 'geometry', sql: sql`p.geom`, isPoint: true }]]);
    for (const box of ['8.5, 33.5, 9.5, 34.5', '170, -10, -170, 10', '9, 34, 10, 35']) {
      const filter = `S_INTERSECTS(geom, BBOX(${box}))`;
      const [byShape, byPoint] = [thingQueryables, points].map((queryables) =>
        compileText(filter, queryables),
      );
      const isPoint = sql`GeometryType(p.geom) = 'POINT'`;
      const expected = await rows.ids(things, sql`${isPoint} AND ${byShape}`);
      expect(expected.length).toBeGreaterThan(0);
      expect(await rows.ids(sql`(SELECT * FROM ${things} AS p WHERE ${isPoint})`, byPoint!)).toEqual(
        expected,
      );
      expect(render(byPoint!).text).toContain('ST_X');
    }
  });

  test.each([
    ['S_INTERSECTS(geom, POINT(90 180))', `The position [90,180] ${OUTSIDE}`],
    ['S_DISJOINT(geom, POINT(90 180))', OUTSIDE],
    ['S_INTERSECTS(geom, BBOX(0, 0, 181, 1))', OUTSIDE],
    ['S_INTERSECTS(geom, BBOX(8, 35, 9, 34))', 'its south 35 north of its north 34'],
    ['S_INTERSECTS(name, POINT(9 34))', 'S_INTERSECTS takes a geometry, not the property "name" (string).'],
    ["S_INTERSECTS(geom, 'POINT(9 34)')", 'S_INTERSECTS takes a geometry, not the text "POINT(9 34)".'],
  ])('%s is refused', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });
});

describe('cql2/1.0/conf/basic-spatial-functions-plus', () => {
  test.each<[filter: string, expected: number[]]>([
    ['S_INTERSECTS(geom, MULTIPOINT(9 34, (10.5 33.5)))', [1, 3, 4, 5, 6]],
    ['S_INTERSECTS(geom, MULTILINESTRING((9 30, 9 40), (-179 0, -179 2)))', [1, 3, 4, 5, 8]],
    [
      'S_INTERSECTS(geom, POLYGON((8 32, 12 32, 12 38, 8 38, 8 32), (8.9 33.9, 9.1 33.9, 9.1 34.1, 8.9 34.1, 8.9 33.9)))',
      [2, 3, 4, 5, 6],
    ],
    [
      'S_INTERSECTS(geom, MULTIPOLYGON(((8.9 33.9, 9.1 33.9, 9.1 34.1, 8.9 33.9)), ((-180 0.5, -178 0, -178 2, -180 0.5))))',
      [1, 3, 4, 5, 8],
    ],
    ['S_INTERSECTS(geom, GEOMETRYCOLLECTION(POINT(10 35), LINESTRING(-180 1, -178 1)))', [2, 4, 5, 8]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test.each([
    ['S_INTERSECTS(geom, MULTIPOINT(7.02 49.92, 90 180))', OUTSIDE],
    [
      'S_INTERSECTS(geom, POLYGON((8 33, 10 35, 10 33, 8 35, 8 33)))',
      'An area of the filter is not valid: the exterior ring crosses itself near [9, 34].',
    ],
    [
      'S_INTERSECTS(geom, POLYGON((8 33, 9 34, 10 35, 8 33)))',
      'has no area: all its positions lie in one line',
    ],
    ['S_INTERSECTS(geom, GEOMETRYCOLLECTION(POINT(9 34), POINT(0 91)))', OUTSIDE],
  ])('%s is refused', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });
});

describe('cql2/1.0/conf/spatial-functions', () => {
  test.each<[filter: string, expected: number[]]>([
    ['S_EQUALS(geom, LINESTRING(10 34, 9 34, 8 34))', [3]],
    ['S_EQUALS(geom, BBOX(8, 33, 10, 35))', [4]],
    ['S_DISJOINT(geom, BBOX(8, 33, 10, 35))', [7, 8]],
    ['S_TOUCHES(geom, BBOX(8, 33, 10, 35))', [2, 6]],
    ['S_TOUCHES(geom, POINT(10 34))', [3, 4, 5, 6]],
    ['S_WITHIN(geom, BBOX(8, 33, 10, 35))', [1, 3, 4]],
    ['S_CONTAINS(geom, BBOX(8.5, 33.5, 9, 34))', [4]],
    ['S_CONTAINS(geom, POINT(9 34))', [1, 3, 4]],
    ['S_CONTAINS(geom, LINESTRING(9.5 34.5, 9.75 34.75))', [4, 5]],
    ['S_OVERLAPS(geom, BBOX(8, 33, 10, 35))', [5]],
    ['S_CROSSES(geom, BBOX(8.5, 33.5, 9.5, 34.5))', [3]],
    ['S_CROSSES(geom, LINESTRING(9 32, 9 34.5))', [3, 4]],
    ['S_WITHIN(BBOX(8.5, 33.5, 9, 34), geom)', [4]],
    ['S_CONTAINS(BBOX(8, 33, 10, 35), geom)', [1, 3, 4]],
    ['S_CROSSES(LINESTRING(9 32, 9 34.5), geom)', [3, 4]],
    ['S_WITHIN(POINT(1 1), BBOX(0, 0, 2, 2))', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['S_EQUALS(geom, geom)', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['S_EQUALS(geom, MULTIPOINT((179.5 0), (-179.5 0)))', [7]],
    ['S_DISJOINT(geom, GEOMETRYCOLLECTION(POINT(9 34), POINT(10 35)))', [6, 7, 8]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });
});

describe('filter-crs: geometries are transformed to longitude and latitude, columns are not', () => {
  // the same places, as their authorities write them; 32632 from PROJ
  const POINTS: [name: string, crs: FilterCrs, point: string, box: string][] = [
    ['CRS84', CRS84, '9 34', '8.9,33.9,9.1,34.1'],
    ['EPSG:4326', EPSG_4326, '34 9', '33.9,8.9,34.1,9.1'],
    ['EPSG:3857', EPSG_3857, '1001875.4171394621 4028802.0261344933', '990743,4015393,1013007,4042228'],
    ['EPSG:32632', EPSG_32632, '500000 3762155.17', '490755,3751069,509223,3773244'],
  ];

  test.each(POINTS)('%s', async (_name, crs, point, box) => {
    expect(await ids(`S_INTERSECTS(geom, BBOX(${box}))`, crs)).toEqual([1, 3, 4, 5]);
    expect(await ids(`S_DWITHIN(geom, POINT(${point}), 1)`, crs)).toEqual([1, 4, 5]);
    expect(await ids(`S_WITHIN(geom, BBOX(${box}))`, crs)).toEqual([1]);
    expect(render(compileText(`S_WITHIN(geom, BBOX(${box}))`, thingQueryables, crs)).text).not.toMatch(
      /ST_Transform\(p\./,
    );
  });

  test('a straight line of UTM is not straight in longitude and latitude', async () => {
    // it touches 34° N in its middle; straight between its ends it would pass 16 km south of that
    const line = 'LINESTRING(-50000 3762155, 1050000 3762155)';
    expect(await ids(`S_DWITHIN(geom, ${line}, 1000)`, EPSG_32632)).toEqual([1, 3, 4, 5, 6]);
    const [straight] = await rows.query<{ metres: number }>(sql`
      SELECT ST_Distance('SRID=4326;POINT(9 34)'::geometry, ST_Transform(ST_GeomFromText(${`SRID=32632;${line}`}), 4326)) * 110900
        AS metres`);
    expect(straight!.metres).toBeGreaterThan(15_000);
  });

  test('every position within the bounds of a reference system can be transformed', async () => {
    for (const crs of [EPSG_3857, EPSG_32632]) {
      const [minX, minY, maxX, maxY] = crs.bounds;
      const box = `BBOX(${minX},${minY},${maxX},${maxY})`;
      expect(await ids(`S_INTERSECTS(geom, ${box}) OR true`, crs)).toHaveLength(9);
      for (const [x, y] of [
        [minX, minY],
        [minX, maxY],
        [maxX, minY],
        [maxX, maxY],
        [minX, 0],
        [maxX, 0],
      ])
        expect(await ids(`S_INTERSECTS(geom, POINT(${x} ${y})) OR true`, crs)).toHaveLength(9);
    }
  });

  test.each([
    [
      'S_INTERSECTS(geom, POINT(95 9))',
      EPSG_4326,
      'the first axis goes from -90 to 90, the second from -180 to 180',
    ],
    ['S_INTERSECTS(geom, POINT(3e7 0))', EPSG_3857, 'the first axis goes from -20037508'],
    ['S_INTERSECTS(geom, POINT(1e9 1e9))', EPSG_32632, 'the first axis goes from -2500000 to 3500000'],
    ['S_INTERSECTS(geom, BBOX(600000, 0, 500000, 1))', EPSG_32632, 'its west 600000 east of its east 500000'],
  ])('%s is refused', (filter, crs, says) => {
    expect(refusal(filter, crs)).toContain(says);
  });
});

describe('cql2/1.0/conf/functions', () => {
  test('S_DWITHIN is geodesic, with or without a geography column', async () => {
    const plain: Queryables = new Map([['geom', { type: 'geometry', sql: sql`p.geom` }]]);
    for (const queryables of [thingQueryables, plain]) {
      // a degree of longitude at 34° N is 92.4 km, one of latitude 110.9 km
      expect(await ids('S_DWITHIN(geom, POINT(8 34), 92000)', CRS84, queryables)).toEqual([3, 4]);
      expect(await ids('S_DWITHIN(POINT(8 34), geom, 93 * 1000)', CRS84, queryables)).toEqual([1, 3, 4, 5]);
    }
  });
});
