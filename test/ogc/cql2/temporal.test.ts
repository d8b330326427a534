import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compileText, openRows, type Rows } from '../../support/cql2.rows.ts';
import { makeThings, NOTHING, thingQueryables, things } from '../../support/cql2.things.ts';

// Allen's thirteen relations to the interval from March to June, and an unknown end
const PERIODS: [from: string, to: string | null][] = [
  ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'], // 1 before
  ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'], // 2 meets
  ['2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'], // 3 overlaps
  ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'], // 4 starts
  ['2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z'], // 5 during
  ['2026-04-01T00:00:00Z', '2026-06-01T00:00:00Z'], // 6 finishes
  ['2026-03-01T00:00:00Z', '2026-06-01T00:00:00Z'], // 7 equals
  ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'], // 8 finished by
  ['2026-01-01T00:00:00Z', '2026-09-01T00:00:00Z'], // 9 contains
  ['2026-03-01T00:00:00Z', '2026-09-01T00:00:00Z'], // 10 started by
  ['2026-04-01T00:00:00Z', '2026-09-01T00:00:00Z'], // 11 overlapped by
  ['2026-06-01T00:00:00Z', '2026-09-01T00:00:00Z'], // 12 met by
  ['2026-07-01T00:00:00Z', '2026-09-01T00:00:00Z'], // 13 after
  ['2026-04-01T00:00:00Z', null], // 14 not known
];

let rows: Rows;
beforeAll(async () => {
  rows = await openRows((client) =>
    makeThings(
      client,
      PERIODS.map(([at, until], i) => ({
        id: i + 1,
        properties: { ...NOTHING, at, until, day: at.slice(0, 10) },
      })),
    ),
  );
});
afterAll(() => rows.close());

const ids = (filter: string) => rows.ids(things, compileText(filter, thingQueryables));
const refusal = (filter: string): string => {
  try {
    compileText(filter, thingQueryables);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 400) return message;
    throw error;
  }
  throw new Error(`was compiled: ${filter}`);
};

const SPRING = "INTERVAL('2026-03-01T00:00:00Z', '2026-06-01T00:00:00Z')";
const RELATIONS: [name: string, expected: number[], converse: string][] = [
  ['T_BEFORE', [1], 'T_AFTER'],
  ['T_AFTER', [13], 'T_BEFORE'],
  ['T_MEETS', [2], 'T_METBY'],
  ['T_METBY', [12], 'T_MEETS'],
  ['T_OVERLAPS', [3], 'T_OVERLAPPEDBY'],
  ['T_OVERLAPPEDBY', [11], 'T_OVERLAPS'],
  ['T_STARTS', [4], 'T_STARTEDBY'],
  ['T_STARTEDBY', [10], 'T_STARTS'],
  ['T_DURING', [5], 'T_CONTAINS'],
  ['T_CONTAINS', [9], 'T_DURING'],
  ['T_FINISHES', [6], 'T_FINISHEDBY'],
  ['T_FINISHEDBY', [8], 'T_FINISHES'],
  ['T_EQUALS', [7], 'T_EQUALS'],
  ['T_DISJOINT', [1, 13], 'T_DISJOINT'],
  ['T_INTERSECTS', [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'T_INTERSECTS'],
];

describe('cql2/1.0/conf/temporal-functions', () => {
  test.each(RELATIONS)('%s', async (name, expected, converse) => {
    // `period` takes an unknown end for an open one
    const open = name === 'T_INTERSECTS' || name === 'T_OVERLAPPEDBY' ? [...expected, 14] : expected;
    for (const period of ['INTERVAL(at, until)', 'plainPeriod', 'period']) {
      const all = period === 'period' ? open : expected;
      expect([period, await ids(`${name}(${period}, ${SPRING})`)]).toEqual([period, all]);
      expect([period, await ids(`${converse}(${SPRING}, ${period})`)]).toEqual([period, all]);
    }
  });

  test.each(RELATIONS)('%s in JSON spelling is the same', async (name, expected) => {
    expect(await ids(`${name.toLowerCase()}(plainPeriod, ${SPRING})`)).toEqual(expected);
  });

  test.each<[filter: string, expected: number[]]>([
    ["T_AFTER(at, TIMESTAMP('2026-04-01T00:00:00Z'))", [12, 13]],
    [`T_INTERSECTS(at, ${SPRING})`, [4, 5, 6, 7, 10, 11, 12, 14]],
    [`T_DISJOINT(${SPRING}, at)`, [1, 2, 3, 8, 9, 13]],
    ["T_EQUALS(at, TIMESTAMP('2026-06-01T02:00:00+02:00'))", [12]],
    ["T_EQUALS(at, INTERVAL('2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'))", [12]],
    ["T_INTERSECTS(at, '2026-06-01T00:00:00Z')", [12]],
    ["T_BEFORE(at, INTERVAL('..', '2026-06-01T00:00:00Z'))", []],
    ["T_INTERSECTS(at, INTERVAL('2026-06-01T00:00:00Z', '..'))", [12, 13]],
    ["T_INTERSECTS(at, INTERVAL('..', '2026-01-31T00:00:00Z'))", [1, 2, 3, 8, 9]],
    ["T_INTERSECTS(at, INTERVAL('..', '..'))", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
    ["T_STARTEDBY(INTERVAL(at, '..'), INTERVAL('2026-06-01T00:00:00Z', until))", [12]],
    ['T_AFTER(until, at) AND NOT T_INTERSECTS(at, until)', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test.each<[filter: string, expected: number[]]>([
    ["T_INTERSECTS(at, DATE('2026-06-01'))", [12]],
    ["T_AFTER(at, DATE('2026-05-31'))", [12, 13]],
    ["T_AFTER(at, DATE('2026-06-01'))", [13]],
    ["T_BEFORE(until, DATE('2026-04-01'))", [1, 2]],
    ["T_INTERSECTS(at, INTERVAL('2026-05-31', '2026-06-01'))", [12]],
    ["T_DURING(plainPeriod, INTERVAL('2026-03-31', '2026-05-01'))", [5]],
    ["T_INTERSECTS(period, INTERVAL('2026-09-01', '..'))", [9, 10, 11, 12, 13, 14]],
    ['T_EQUALS(day, at)', []],
    ['T_INTERSECTS(day, at)', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
    ["T_METBY(INTERVAL(day, '2026-10-01'), INTERVAL('2026-01-01', '2026-07-01'))", [13]],
    ["T_FINISHES(INTERVAL('2026-07-02', '2026-09-01T00:00:00Z'), INTERVAL(day, until))", [9, 10, 11, 12, 13]],
    ["T_EQUALS(day, DATE('2026-07-01'))", [13]],
  ])('dates beside times are days of UTC: %s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test.each([
    [
      'T_DURING(at, INTERVAL(at, until))',
      'The property "at" (timestamp) is an instant, and T_DURING takes intervals. Ask with T_INTERSECTS.',
    ],
    [
      "T_MEETS(period, DATE('2026-01-01'))",
      'The date 2026-01-01 is an instant, and T_MEETS takes intervals.',
    ],
    ['T_AFTER(name, at)', 'T_AFTER takes times and intervals, not the property "name" (string).'],
    ["T_AFTER(at, 'soon')", 'T_AFTER takes times and intervals, not the text "soon".'],
    [
      'T_AFTER(at, INTERVAL(name, until))',
      'The property "name" (string) is not a time and cannot be the end of an INTERVAL.',
    ],
    [
      "T_AFTER(at, INTERVAL('2026-02-01', '2026-01-01'))",
      'The interval starts at 2026-02-01, after its end 2026-01-01.',
    ],
    ["T_AFTER(at, INTERVAL('2026-02-01T00:00:00Z', '2026-01-31'))", 'The interval starts at'],
  ])('%s is refused', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });

  test('an interval may end on the day on which it starts', async () => {
    expect(await ids("T_INTERSECTS(at, INTERVAL('2026-05-31T23:00:00Z', '2026-05-31'))")).toEqual([]);
    expect(await ids("T_INTERSECTS(at, INTERVAL('2026-06-01T00:00:00Z', '2026-06-01'))")).toEqual([12]);
  });
});
