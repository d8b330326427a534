import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Cql2Expression } from '../../../src/ogc/cql2/cql2.expression.ts';
import { parseCql2Json, toCql2Json } from '../../../src/ogc/cql2/cql2.json.ts';
import { parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import { toCql2Text } from '../../../src/ogc/cql2/text.writer.ts';
import { isSelected } from '../../support/cql2.evaluator.ts';
import { randomCql2 } from '../../support/cql2.random.ts';
import { compile, openRows, type Rows } from '../../support/cql2.rows.ts';
import { makeThings, thingQueryables, things } from '../../support/cql2.things.ts';
import { randomNumbers } from '../../support/geodesy.points.ts';
import { countRuns, samples } from '../../support/runs.ts';

const { feature, condition } = randomCql2(randomNumbers(20261124));
const features = Array.from({ length: 120 }, (_, i) => feature(i + 1));
const conditions = Array.from({ length: 1500 }, (_, i) => condition(i % 4));

let rows: Rows;
beforeAll(async () => {
  rows = await openRows((client) => makeThings(client, features));
});
afterAll(() => rows.close());

const expected = (expression: Cql2Expression): number[] =>
  features.filter((one) => isSelected(expression, one)).map(({ id }) => id);

describe('on random features with gaps', () => {
  test('random conditions select what an evaluator over the GeoJSON selects', async () => {
    let answered = 0;
    const asked = conditions.slice(0, samples(conditions.length, 200));
    for (const expression of asked) {
      const filter = toCql2Text(expression);
      const ids = await rows.ids(things, compile(parseCql2Text(filter, 'cql2-text'), thingQueryables));
      expect({ filter, ids }).toEqual({ filter, ids: expected(expression) });
      if (ids.length > 0 && ids.length < features.length) answered += 1;
    }
    countRuns(asked.length);
    // not all of them may be trivial
    expect(answered).toBeGreaterThan(asked.length / 2);
  });

  test('each is the same expression after text, and after JSON', () => {
    for (const expression of conditions) {
      const read = parseCql2Json(JSON.parse(JSON.stringify(expression)));
      expect(parseCql2Text(toCql2Text(read), 'cql2-text')).toEqual(read);
      expect(parseCql2Json(JSON.parse(JSON.stringify(toCql2Json(read))))).toEqual(read);
    }
    countRuns(conditions.length);
  });

  test('each operator and function was used', () => {
    const asked = new Set(JSON.stringify(conditions).match(/(?<="op":")[^"]+/g));
    expect([...asked].sort()).toHaveLength(3 + 6 + 4 + 2 + 7 + 8 + 15 + 4);
  });
});
