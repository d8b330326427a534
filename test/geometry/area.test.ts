import { describe, expect, test } from '@jest/globals';
import {
  AreaGeometry,
  MAX_VERTICES,
  MultiPolygonGeometry,
  PolygonGeometry,
} from '../../src/geometry/area.schema.ts';
import { firstIssue } from '../support/issues.ts';

const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates });
const multiPolygon = (...coordinates: unknown[]) => ({ type: 'MultiPolygon', coordinates });
const ring = (text: string): number[][] =>
  text.split(', ').map((position) => position.split(' ').map(Number));
const reversed = (positions: unknown[]) => positions.toReversed();

const square = (west: number, south: number, size: number): number[][] => {
  const [east, north] = [west + size, south + size];
  return ring(`${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}`);
};

const circle = (vertices: number): number[][] => {
  const angles = Array.from({ length: vertices - 1 }, (_, i) => (2 * Math.PI * i) / (vertices - 1));
  const corners = angles.map((angle) => [10 + Math.cos(angle), 30 + Math.sin(angle)]);
  return [...corners, corners[0]!];
};

const issueOf = (value: unknown) => {
  const issue = firstIssue(AreaGeometry.safeParse(value));
  const isTopology = issue?.params?.topology === true;
  return issue && { path: issue.path.join('.'), message: issue.message, isTopology };
};

const wide = square(0, 0, 9);
const shell = square(0, 0, 4);

describe('an area is accepted that is', () => {
  test.each([
    ['a square', polygon(shell)],
    ['a square with a hole', polygon(shell, reversed(square(1, 1, 1)))],
    ['a square with a hole that touches it in one corner', polygon(shell, ring('0 2, 1 3, 1 1, 0 2'))],
    ['a square with holes that touch in a corner', polygon(wide, square(1, 1, 2), square(3, 3, 2))],
    ['of two parts', multiPolygon([shell], [square(5, 0, 4)])],
    ['of parts that touch in a corner', multiPolygon([shell], [square(4, 4, 4)])],
    ['of a part in the hole of another', multiPolygon([wide, square(1, 1, 5)], [square(2, 2, 1)])],
    ['a triangle with more corners in its edges', polygon(ring('0 0, 1 0, 2 0, 4 0, 4 4, 0 0'))],
    ['a needle one centimetre wide', polygon(ring('0 0, 5 0, 5 1e-7, 0 0'))],
    ['the whole world', polygon(ring('-180 -90, 180 -90, 180 90, -180 90, -180 -90'))],
    ['as long as allowed', polygon(circle(MAX_VERTICES))],
  ])('%s', (_, value) => {
    expect(issueOf(value)).toBeUndefined();
  });
});

describe('for its form an area is refused with', () => {
  test.each([
    [
      'a ring of three points',
      polygon(ring('0 0, 1 0, 0 0')),
      '0',
      'needs at least 4 positions, this one has 3',
    ],
    ['an empty ring', polygon([]), '0', 'needs at least 4 positions, this one has 0'],
    ['a part without rings', multiPolygon([]), '0', 'at least one ring'],
    ['an unclosed hole', polygon(shell, ring('1 1, 1 2, 2 2, 2 1')), '1', 'hole 1 is not closed'],
    ['an unclosed part', multiPolygon([shell.slice(1)]), '0.0', 'the exterior ring of part 1 is not closed'],
    ['longitude 181', polygon(ring('0 0, 181 0, 1 1, 0 0')), '0.1.0', 'from -180 to 180, not 181'],
    ['latitude -90.0001', polygon(ring('0 0, 1 -90.0001, 1 1, 0 0')), '0.1.1', 'not -90.0001'],
    ['1e400', polygon(ring('0 0, 1e400 0, 1 1, 0 0')), '0.1.0', 'not Infinity'],
    ['no number', polygon(ring('0 0, 1 x, 1 1, 0 0')), '0.1.1', 'not NaN'],
    ['texts for numbers', polygon([['0', '0'], ...shell]), '0.0.0', 'not "0"'],
    ['lists nested too deep', polygon([shell, shell, shell, shell]), '0.0', 'one is a list of 5'],
    ['lists not nested enough', polygon(...shell), '0.0', 'a position is [longitude, latitude]'],
  ])('%s', (_, value, path, message) => {
    const expected = {
      path: `coordinates.${path}`,
      message: expect.stringContaining(message),
      isTopology: false,
    };
    expect(issueOf(value)).toEqual(expected);
  });

  test.each([
    ['no rings', polygon(), 'coordinates', 'at least one ring'],
    ['no polygons', multiPolygon(), 'coordinates', 'at least one polygon'],
    ['no coordinates', { type: 'Polygon' }, 'coordinates', 'must be a list of rings, not nothing'],
    [
      'one position too many',
      polygon(circle(10_001)),
      'coordinates',
      'at most 10000 positions in all, this one has 10001',
    ],
    [
      'too many over all parts',
      multiPolygon([circle(6000)], [circle(6000)]),
      'coordinates',
      'this one has 12000',
    ],
    ['another type', { type: 'Point', coordinates: [1, 2] }, 'type', 'not one of type "Point"'],
    ['no type', { coordinates: [shell] }, 'type', 'not an object'],
    ['an unknown member', { ...polygon(shell), crs: 'EPSG:3857' }, '', 'crs'],
    ['null in its place', null, '', 'must be a GeoJSON Polygon or MultiPolygon, not null'],
    ['a text in its place', 'POLYGON((…))', '', 'not "POLYGON((…))"'],
  ])('%s', (_, value, path, message) => {
    expect(issueOf(value)).toEqual({ path, message: expect.stringContaining(message), isTopology: false });
  });

  test('an unclosed ring, and the message shows both ends', () => {
    expect(issueOf(polygon(ring('0 0, 1 0, 1 1, 0 1')))?.message).toBe(
      'the exterior ring is not closed: its first position [0, 0] and its last [0, 1] must be equal',
    );
  });

  const many = Array(300_000);
  test.each([
    ['rings', { type: 'Polygon', coordinates: many.fill(1) }],
    ['positions', polygon(many.fill('x'))],
    ['numbers of a position', polygon([many.fill('x')])],
    ['polygons', { type: 'MultiPolygon', coordinates: many.fill([]) }],
  ])('300,000 bad %s, and the stack does not overflow', (_, value) => {
    expect(issueOf(value)).toBeDefined();
  });
});

describe('for its topology an area is refused with', () => {
  test.each([
    ['a bow tie', ring('0 0, 2 2, 2 0, 0 2, 0 0'), 'crosses itself near [1, 1]'],
    ['a figure of eight', ring('0 0, 1 1, 2 0, 2 2, 1 1, 0 2, 0 0'), 'touches itself near [1, 1]'],
    ['a corner on another edge', ring('0 0, 4 0, 4 4, 2 0, 0 4, 0 0'), 'touches itself near [2, 0]'],
    ['a spike to the north', ring('0 0, 2 0, 2 2, 2 4, 2 2, 0 2, 0 0'), 'touches itself near [2, 2]'],
    [
      'a spike to the west',
      ring('0 0, 4 0, 4 4, 0 4, 0 2, -2 2, 0 2, 0 0'),
      'runs back along itself near [-2, 2]',
    ],
    ['a spike along an edge', ring('0 0, 4 0, 4 4, 4 2, 0 2, 0 0'), 'touches itself near [4, 2]'],
    ['a ring in one line', ring('0 0, 0.1 0.1, 0.3 0.3, 0 0'), 'has no area'],
    ['a ring of one place', ring('1 1, 1 1, 1 1, 1 1'), 'has no area'],
  ])('%s', (_, positions, message) => {
    const expected = { message: expect.stringContaining(`the exterior ring ${message}`), isTopology: true };
    expect(issueOf(polygon(positions))).toEqual({ ...expected, path: 'coordinates.0' });
  });

  const flatHole = ring('1 1, 2 1, 3 1, 1 1');
  test.each([
    ['a hole in one line', [shell, flatHole], 1, 'hole 1 has no area'],
    ['a hole outside', [shell, square(5, 5, 1)], 1, 'hole 1 lies outside the exterior ring, see [5, 5]'],
    ['a hole around it', [square(1, 1, 1), shell], 1, 'hole 1 lies outside the exterior ring'],
    ['a hole that sticks out', [shell, square(3, 3, 2)], 1, 'hole 1 crosses the exterior ring near [3, 4]'],
    [
      'a hole as large as itself',
      [shell, shell],
      1,
      'hole 1 and the exterior ring share a stretch of line near',
    ],
    ['a hole in a hole', [wide, square(1, 1, 5), square(2, 2, 1)], 2, 'hole 2 lies inside hole 1'],
    ['holes that cross', [wide, square(1, 1, 4), square(3, 3, 4)], 2, 'hole 2 crosses hole 1 near'],
  ])('%s', (_, rings, at, message) => {
    const expected = { message: expect.stringContaining(message), isTopology: true };
    expect(issueOf(polygon(...rings))).toEqual({ ...expected, path: `coordinates.${at}` });
  });

  test.each([
    ['parts that cross', shell, square(3, 3, 4), 1, 'of part 2 crosses the exterior ring of part 1 near'],
    ['a part inside another', square(2, 2, 1), wide, 0, 'of part 1 lies inside the exterior ring of part 2'],
    [
      'parts with a common border',
      shell,
      square(4, 0, 4),
      1,
      'share a stretch of line near [4, 0]; merge them',
    ],
    [
      'a bow tie for a part',
      shell,
      ring('5 5, 7 7, 7 5, 5 7, 5 5'),
      1,
      'of part 2 crosses itself near [6, 6]',
    ],
  ])('%s', (_, first, second, at, message) => {
    const expected = { message: expect.stringContaining(message), isTopology: true };
    expect(issueOf(multiPolygon([first], [second]))).toEqual({ ...expected, path: `coordinates.${at}.0` });
  });
});

describe('repairs', () => {
  test('winding follows RFC 7946', () => {
    const wrong = polygon(reversed(shell), square(1, 1, 1));
    expect(AreaGeometry.parse(wrong)).toEqual(polygon(shell, reversed(square(1, 1, 1))));
  });

  test('repeated positions are dropped, collinear corners are kept', () => {
    const repeating = ring('0 0, 0 0, 1 0, 2 0, 2 0, 2 2, 0 0, 0 0');
    expect(AreaGeometry.parse(polygon(repeating))).toEqual(polygon(ring('0 0, 1 0, 2 0, 2 2, 0 0')));
  });

  test('altitudes are dropped, and do not distinguish positions', () => {
    const high = ring('0 0 1, 2 0 1, 2 0 7, 2 2 1, 0 0 3');
    expect(AreaGeometry.parse(polygon(high))).toEqual(polygon(ring('0 0, 2 0, 2 2, 0 0')));
  });

  test('a MultiPolygon of one part stays a MultiPolygon, and the input is not modified', () => {
    const input = multiPolygon([reversed(shell)]);
    const before = structuredClone(input);
    expect(AreaGeometry.parse(input)).toEqual(multiPolygon([shell]));
    expect(input).toEqual(before);
  });
});

test('a schema for one of the two types refuses the other', () => {
  const [one, many] = [polygon(shell), multiPolygon([shell])];
  expect(PolygonGeometry.safeParse(one).success).toBe(true);
  expect(PolygonGeometry.safeParse(many).success).toBe(false);
  expect(MultiPolygonGeometry.safeParse(many).success).toBe(true);
  expect(MultiPolygonGeometry.safeParse(one).success).toBe(false);
});
