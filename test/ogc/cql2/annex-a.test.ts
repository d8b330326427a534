import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../../src/db/sql.ts';
import { parseCql2Json, toCql2Json } from '../../../src/ogc/cql2/cql2.json.ts';
import { parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import {
  annexA,
  annexALogic,
  makeTestData,
  placeQueryables,
  riverQueryables,
} from '../../support/cql2.annex.ts';
import { compile, compileText, openRows, type Rows } from '../../support/cql2.rows.ts';

let rows: Rows;
beforeAll(async () => {
  rows = await openRows(makeTestData);
});
afterAll(() => rows.close());

const SOURCES = {
  places: { from: sql`public.places`, queryables: placeQueryables },
  rivers: { from: sql`public.rivers`, queryables: riverQueryables },
};

const count = async (source: keyof typeof SOURCES, predicate: string): Promise<number> => {
  const { from, queryables } = SOURCES[source];
  return (await rows.ids(from, compileText(predicate, queryables))).length;
};

describe.each(annexA)(
  'cql2/1.0/conf/%s: the predicates of Annex A on its test data',
  (_name, expectations) => {
    test.each(expectations)(
      '$source: $predicate → $count',
      async ({ source, predicate, count: expected }) => {
        expect(await count(source, predicate)).toBe(expected);
      },
    );

    test('the same predicates as CQL2 JSON give the same rows', async () => {
      for (const { source, predicate, count: expected } of expectations) {
        const { from, queryables } = SOURCES[source];
        const json = JSON.parse(JSON.stringify(toCql2Json(parseCql2Text(predicate, 'cql2-text'))));
        const found = await rows.ids(from, compile(parseCql2Json(json), queryables));
        expect({ predicate, count: found.length }).toEqual({ predicate, count: expected });
      }
    });
  },
);

describe('cql2/1.0/conf/basic-cql2: combinations of predicates', () => {
  test.each(annexALogic)('of %s, %s, %s and %s', async (p1, p2, p3, p4, expected) => {
    expect(
      await count('places', `(NOT (${p2}) AND ${p1}) OR (${p3} and ${p4}) or not (${p1} OR ${p4})`),
    ).toBe(expected);
  });
});

describe.each(annexA)('cql2/1.0/conf/%s: logical', (_name, expectations) => {
  test('predicates of the class can be combined', async () => {
    const predicates = expectations
      .filter(({ source }) => source === 'places')
      .map(({ predicate }) => predicate);
    const at = (n: number) => `(${predicates[n % predicates.length]})`;
    for (let n = 0; n < 10; n++) {
      const [p1, p2, p3, p4] = [at(n), at(3 * n + 1), at(5 * n + 2), at(7 * n + 3)];
      const combined = await count(
        'places',
        `((NOT ${p1} AND ${p2}) OR (${p3} and NOT ${p4}) or not (${p1} AND ${p4}))`,
      );
      expect(combined).toBeLessThanOrEqual(243);
    }
  });
});
