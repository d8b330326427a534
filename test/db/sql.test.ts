import { describe, expect, test } from '@jest/globals';
import { view } from '../../src/db/labelled.ts';
import { flat, plannedEachTime, render, sql, writing } from '../../src/db/sql.ts';
import { incidents } from '../../src/features/incidents/incident.sql.ts';

describe('a piece that is made flat', () => {
  test('has the same text, in one', () => {
    const piece = sql`a ${sql`b ${sql`c`} d`} e`;
    expect(flat(piece)).toMatchObject({ strings: ['a b c d e'], values: [] });
    expect(render(flat(piece))).toEqual(render(piece));
  });

  test('reads what it has read', () => {
    const piece = sql`SELECT FROM ${view.zone}`;
    expect(render(flat(piece))).toEqual(render(piece));
  });

  test.each([
    ['values', sql`a = ${1}`],
    ['rows of two collections', sql`SELECT FROM ${view.zone}, ${view.incident}`],
    ['writing', writing`DELETE FROM a`],
    ['a plan for each time', plannedEachTime(sql`a`)],
  ])('has none with %s, which it would lose', (_, piece) => {
    expect(() => flat(sql`SELECT ${piece}`)).toThrow('Only text can be made flat');
  });
});

test('what each list of incidents repeats is flat', () => {
  for (const piece of [incidents.columns, incidents.feature, incidents.concern!])
    expect(piece.values).toEqual([]);
});
