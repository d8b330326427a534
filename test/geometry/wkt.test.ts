import { describe, expect, test } from '@jest/globals';
import { WktArea } from '../../src/geometry/wkt.parse.ts';
import { firstIssue } from '../support/issues.ts';
import { SLOW_AREAS } from '../support/slow.texts.ts';

const triangle = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
};
const issueOf = (text: unknown) => firstIssue(WktArea.safeParse(text));

describe('WKT of an area', () => {
  test.each([
    'POLYGON((0 0,1 0,1 1,0 0))',
    'polygon ((0 0, 1 0, 1 1, 0 0))',
    '  Polygon\n(\t( 0   0 , 1 0 , 1 1 , 0 0 ) )  ',
    'SRID=4326;POLYGON((0 0,1 0,1 1,0 0))',
    'srid = 4326 ; POLYGON((0 0,1 0,1 1,0 0))',
    'POLYGON Z ((0 0 5,1 0 5,1 1 5,0 0 5))',
    'POLYGONZ((0 0 5,1 0 5,1 1 5,0 0 5))',
    'POLYGON((0 0 5,1 0 5,1 1 5,0 0 5))',
    'POLYGON((0.0 -0,10e-1 0E+0,1 1,0 0))',
    'POLYGON((0 0,1 1,1 0,0 0))',
    'POLYGON((0 0,0 0,1 0,1 1,0 0))',
  ])('%p is understood and mended', (text) => {
    const [ring] = WktArea.parse(text).coordinates as number[][][];
    expect(ring!.map(([lon, lat]) => [lon! + 0, lat! + 0])).toEqual(triangle.coordinates[0]);
  });

  test('decimals may start with the point', () => {
    const { coordinates } = WktArea.parse('POLYGON((.5 -.5,1 0,1 1,.5 -.5))');
    expect(coordinates).toEqual([
      [
        [0.5, -0.5],
        [1, 0],
        [1, 1],
        [0.5, -0.5],
      ],
    ]);
  });

  test('a MULTIPOLYGON stays one, with its holes', () => {
    const text = 'MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,1 1)),((20 0,21 0,21 1,20 0)))';
    const area = WktArea.parse(text);
    expect(area.type).toBe('MultiPolygon');
    expect(area.coordinates.map((rings) => rings.length)).toEqual([2, 1]);
  });

  test.each([
    ['a point', 'POINT(1 1)'],
    ['a collection', 'GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))'],
    ['an empty polygon', 'POLYGON EMPTY'],
    ['measures', 'POLYGON M ((0 0 1,1 0 1,1 1 1,0 0 1))'],
    ['another reference system', 'SRID=3857;POLYGON((0 0,1 0,1 1,0 0))'],
    ['a missing parenthesis', 'POLYGON((0 0,1 0,1 1,0 0)'],
    ['one too many', 'POLYGON((0 0,1 0,1 1,0 0)))'],
    ['a word after it', 'POLYGON((0 0,1 0,1 1,0 0)) twice'],
    ['a trailing comma', 'POLYGON((0 0,1 0,1 1,0 0),)'],
    ['one number for a position', 'POLYGON((0,1 0,1 1,0))'],
    ['two numbers run together', 'POLYGON((0-0,1 0,1 1,0 0))'],
    ['words for numbers', 'POLYGON((zero 0,1 0,1 1,0 0))'],
    ['NaN', 'POLYGON((NaN 0,1 0,1 1,NaN 0))'],
    ['a NUL', 'POLYGON((0 0,1 0,1 1,0 0))\0'],
    ['GeoJSON', '{"type":"Polygon"}'],
    ['nothing', ''],
    ['a number', 5],
  ])('%s is refused with the forms that are understood', (_, text) => {
    expect(issueOf(text)?.message).toContain('is not POLYGON ((lon lat, …)) or MULTIPOLYGON');
  });

  test.each([
    ['a ring of three points', 'POLYGON((0 0,1 0,0 0))', 'a ring needs at least 4 positions, this one has 3'],
    ['an unclosed ring', 'POLYGON((0 0,1 0,1 1,0 1))', 'the exterior ring is not closed'],
    ['longitude 181', 'POLYGON((0 0,181 0,1 1,0 0))', 'not 181'],
    ['1e400', 'POLYGON((0 0,1e400 0,1 1,0 0))', 'not Infinity'],
    ['four numbers for a position', 'POLYGON((0 0 0 0,1 0,1 1,0 0))', 'this one is a list of 4'],
  ])('%s is refused as in GeoJSON', (_, text, message) => {
    expect(issueOf(text)?.message).toContain(message);
  });

  test('a bow tie is refused for its topology', () => {
    expect(issueOf('POLYGON((0 0,2 2,2 0,0 2,0 0))')).toMatchObject({
      message: 'the exterior ring crosses itself near [1, 1]',
      params: { topology: true },
    });
  });
});

describe('text designed to be slow', () => {
  test.each(SLOW_AREAS)('is refused: %s', (_, textOf, length) => {
    expect(WktArea.safeParse(textOf(length)).success).toBe(false);
  });
});
