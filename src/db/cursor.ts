import { createHash } from 'node:crypto';
import { badRequest } from '../core/problem.ts';
import type { KeyColumn } from './keyset.ts';
import { render, type Sql, sql } from './sql.ts';

/** The text of a cursor: the list and the keys of one of its rows. */
export const keyText = (keys: readonly KeyColumn[], key: Sql): Sql =>
  sql`json_build_array(${listOf(keys)}::text, ${key})::text`;

export const cursorOf = (keyText: string): string => Buffer.from(keyText).toString('base64url');

const lists = new WeakMap<readonly KeyColumn[], string>();

/** Distinguishes the cursors of different lists. */
function listOf(keys: readonly KeyColumn[]): string {
  const known = lists.get(keys);
  if (known) return known;
  const texts = keys.map(({ column, descending = '' }) => render(column).text + descending).join();
  const list = createHash('sha256').update(texts).digest('base64url').slice(0, 6);
  lists.set(keys, list);
  return list;
}

// The forms that json_build_array writes in UTC. PostgreSQL would parse more, but may fail on them in unforeseen ways.
const FORMS: Record<KeyColumn['type'], RegExp> = {
  text: /^[^\0]*$/,
  uuid: /^[0-9a-f-]{36}$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/,
  date: /^\d{4}-\d\d-\d\d$/,
  int: /^\d{1,9}$/,
  numeric: /^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/,
  boolean: /^(true|false)$/,
};

export function readCursor(cursor: string, keys: readonly KeyColumn[]): (string | null)[] {
  try {
    const [list, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits = ({ type, isNullable }: KeyColumn, i: number) =>
      values[i] === null ? isNullable : FORMS[type].test(values[i]);
    if (list === listOf(keys) && values.length === keys.length && keys.every(fits))
      return values.map((value: unknown) => (value === null ? null : String(value)));
  } catch {
    // answered below
  }
  throw badRequest('cursor-foreign');
}
