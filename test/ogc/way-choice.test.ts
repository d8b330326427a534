import { describe, expect, test } from '@jest/globals';
import type { Edges } from '../../src/geometry/bbox.parse.ts';
import {
  type Counts,
  chooseCount,
  chooseWay,
  countsOf,
  type WayChoice,
  wayNear,
} from '../../src/ogc/collection/way.choice.sql.ts';

const box = (degrees: number): Edges => [8.1, 33.1, 8.1 + degrees, 33.1 + degrees];
const counts = (total: number, within: (edges: Edges) => number): Counts => ({ total, within });
const evenly = (total: number, inside: number) => counts(total, () => inside);
const cells = (level: number, count: number): WayChoice => ({ by: 'cells', level, cells: count });
const PLANNER: WayChoice = { by: 'planner' };
const TIME: WayChoice = { by: 'time' };
const AREA: WayChoice = { by: 'area' };
const WINDOW: WayChoice = { by: 'window' };

const rows: [
  name: string,
  edges: Edges | undefined,
  asks: 'nothing' | 'held' | 'others',
  hasWindow: boolean,
  known: Counts | undefined,
  expected: WayChoice,
][] = [
  ['neither area nor window', undefined, 'nothing', false, undefined, PLANNER],
  ['a window', undefined, 'nothing', true, undefined, TIME],
  ['a window and a usual filter', undefined, 'held', true, undefined, TIME],
  ['a window and another filter', undefined, 'others', true, undefined, WINDOW],
  ['a small box, counts not known', box(0.1), 'nothing', false, undefined, cells(10, 2)],
  ['a box of half a degree', box(0.5), 'nothing', false, evenly(1_000_000, 10_000), cells(10, 6)],
  ['the same with a window', box(0.5), 'nothing', true, evenly(1_000_000, 10_000), cells(10, 6)],
  ['the same with a usual filter', box(0.5), 'held', false, evenly(1_000_000, 10_000), cells(10, 6)],
  ['the same with another filter', box(0.5), 'others', false, evenly(1_000_000, 10_000), PLANNER],
  ['a window and another filter in a box', box(0.5), 'others', true, evenly(1_000_000, 10_000), WINDOW],
  ['another filter, few rows in the box', box(0.5), 'others', false, evenly(1_000_000, 2000), AREA],
  ['another filter, counts not known', box(0.5), 'others', false, undefined, PLANNER],
  ['a box of two degrees', box(2), 'nothing', false, evenly(1_000_000, 10_000), cells(8, 9)],
  ['a box of six degrees, counts not known', box(6), 'nothing', false, undefined, PLANNER],
  ['a twentieth of all rows', box(0.5), 'nothing', false, evenly(1_000_000, 50_000), TIME],
  ['a twentieth of all rows, of a kind', box(0.5), 'held', false, evenly(1_000_000, 50_000), PLANNER],
  ['the same with a window, of a kind', box(0.5), 'held', true, evenly(1_000_000, 50_000), WINDOW],
  ['no row at all', box(0.5), 'nothing', false, evenly(0, 0), cells(10, 6)],
  ['no row of the caller in the box', box(0.5), 'nothing', false, evenly(1_000_000, 0), cells(10, 6)],
  [
    'few rows beside very many in its cells',
    box(0.01),
    'nothing',
    false,
    counts(10_000_000, ([west, , east]) => (east - west > 0.1 ? 20_000 : 300)),
    AREA,
  ],
];

/** Rows in the box itself, and in the cells that cover it. */
const spread = (inside: number, inCells: number) =>
  counts(1_000_000, ([west, , east]) => (east - west > 0.6 ? inCells : inside));

describe('the way to the total of an area', () => {
  test.each<[string, WayChoice, boolean, number, number, WayChoice | undefined]>([
    ['few entries in the cells', cells(10, 6), true, 900, 1700, cells(10, 6)],
    ['too many entries in the cells', cells(10, 6), false, 900, 2001, undefined],
    ['few rows, many beside them', cells(10, 6), true, 900, 20_000, AREA],
    ['the same where hidden rows lie between', cells(10, 6), false, 900, 20_000, undefined],
    ['too many rows', cells(10, 6), true, 1001, 20_000, undefined],
    ['few rows by area', AREA, false, 300, 20_000, AREA],
    ['few rows as PostgreSQL plans them', PLANNER, false, 1000, 1000, PLANNER],
    ['many rows as PostgreSQL plans them', PLANNER, false, 1001, 1001, undefined],
  ])('%s', (_name, way, isAlone, inside, inCells, expected) => {
    expect(chooseCount(way, { edges: box(0.5), isAlone }, spread(inside, inCells))).toEqual(expected);
  });
});

describe('the way to the newest rows', () => {
  test.each(rows)('%s', (_name, edges, asks, hasWindow, known, expected) => {
    expect(chooseWay({ edges, hasWindow, asks }, known)).toEqual(expected);
  });

  test.each([
    ['few rows of an area', box(0.5), 1000, AREA],
    ['more rows', box(0.5), 1001, PLANNER],
    ['all rows', undefined, 1000, PLANNER],
  ])('in another order: %s', (_name, edges, inside, expected) => {
    const question = { edges, hasWindow: true, asks: 'nothing' as const, isInOrder: false };
    expect(chooseWay(question, evenly(1_000_000, inside))).toEqual(expected);
  });

  test.each([
    [5000, cells(10, 16)],
    [20_000, cells(10, 16)],
    [20_001, cells(8, 9)],
    [150_000, cells(8, 9)],
    [500_000, PLANNER],
  ])('near a segment, within %i m', (metres, expected) => expect(wayNear(metres)).toEqual(expected));
});

describe('counts from cells', () => {
  // column 535 and row 408 of level 10: 8.09 to 8.44 degrees east
  const cell =
    (535)
      .toString(2)
      .split('')
      .reduce((sum, bit) => sum * 4 + Number(bit), 0) +
    2 *
      (408)
        .toString(2)
        .split('')
        .reduce((sum, bit) => sum * 4 + Number(bit), 0);
  const { total, within } = countsOf([{ cell, n: 100 }]);

  test('sum all cells', () => expect(total).toBe(100));
  test('give a whole cell in full', () => expect(within([8, 30, 9, 40])).toBeCloseTo(100));
  test('give half a cell by half', () => expect(within([8.0859375 + 0.17578125, 30, 9, 40])).toBeCloseTo(50));
  test('give nothing beside it', () => expect(within([9, 30, 10, 40])).toBe(0));
});
