import { expect, test } from '@jest/globals';
import { MOST_COMMON, MOST_KEPT, preparedNames } from '../../src/db/prepared.names.ts';

/** A connection that knows which of its names are prepared. */
function aConnection() {
  const prepared = new Set<string>();
  const names = preparedNames((name) => prepared.delete(name));
  const ask = (text: string, asker: string) => {
    const name = names.nameOf(text, asker)!;
    const isKnown = prepared.has(name);
    prepared.add(name);
    return isKnown;
  };
  const flood = (asker: string, word = asker, times = 3 * MOST_KEPT) => {
    for (let n = 0; n < times; n++) for (let again = 0; again < 3; again++) ask(`${word} ${n}`, asker);
  };
  return { prepared, ask, flood, names };
}

test('a text has one name, and the connection keeps a limited number of them', () => {
  const { prepared, ask, flood } = aConnection();
  expect([ask('SELECT 1', 'a'), ask('SELECT 1', 'a')]).toEqual([false, true]);
  flood('a');
  expect(prepared.size).toBe(MOST_KEPT);
});

test('one caller alone keeps what it used last', () => {
  const { ask } = aConnection();
  for (let n = 0; n < 2 * MOST_KEPT; n++) {
    ask(`form ${n}`, 'a');
    ask('again and again', 'a');
  }
  expect(ask('again and again', 'a')).toBe(true);
  expect(ask(`form ${MOST_KEPT}`, 'a')).toBe(false);
});

test('the combinations of one caller, however often it repeats them, displace no usual text and none of another caller', () => {
  const { ask, flood } = aConnection();
  for (const asker of ['a', 'b']) for (let n = 0; n < 120; n++) ask(`usual ${n}`, asker);
  for (let n = 0; n < 30; n++) ask(`own ${n}`, 'c');
  flood('stranger');
  for (let n = 0; n < 120; n++) expect(ask(`usual ${n}`, 'c')).toBe(true);
  for (let n = 0; n < 30; n++) expect(ask(`own ${n}`, 'c')).toBe(true);
});

test('a new caller finds room after a flood', () => {
  const { ask, flood } = aConnection();
  flood('stranger');
  for (let n = 0; n < 80; n++) ask(`own ${n}`, 'c');
  flood('stranger', 'other forms');
  for (let n = 0; n < 80; n++) expect(ask(`own ${n}`, 'c')).toBe(true);
});

test('texts of several callers leave room for others, and go by their last use', () => {
  const { prepared, ask } = aConnection();
  for (let n = 0; n < 2 * MOST_KEPT; n++) for (const asker of ['a', 'b']) ask(`common ${n}`, asker);
  expect(prepared.size).toBe(MOST_KEPT);
  for (let n = 0; n < MOST_KEPT - MOST_COMMON; n++) ask(`own ${n}`, 'c');
  for (let n = 0; n < MOST_KEPT - MOST_COMMON; n++) expect(ask(`own ${n}`, 'c')).toBe(true);
  expect(ask(`common ${2 * MOST_KEPT - 1}`, 'a')).toBe(true);
  expect(ask('common 0', 'a')).toBe(false);
});

test('a very long text gets no name', () => {
  const { names } = aConnection();
  expect(names.nameOf(`SELECT '${'x'.repeat(40_000)}'`, 'a')).toBeUndefined();
});
