import { createHash } from 'node:crypto';
import type { Page, PageRequest } from '../http/page.ts';
import { badRequest } from '../http/problem.ts';
import { seenInAll } from './concern.ts';
import { type KeyColumn, keysBehind, orderOf } from './keyset.ts';
import { nothing, render, type Sql, sql } from './sql.ts';

export interface Listing extends PageRequest {
  /** Columns that `feature` and the keys need. */
  columns: Sql;
  /** `FROM … WHERE …` without the keyset condition. */
  from: Sql;
  /** The total order. */
  keys: readonly KeyColumn[];
  /** The way of keys that do not name one. */
  descending?: boolean;
  /** The GeoJSON of one row as text, over the alias `r` of `columns`. */
  feature: Sql;
  /** The keys over the alias `r`, in the same order. */
  key: Sql;
  /** For labelled rows: whose data a row is (src/db/concern.ts), over the aliases of `from`. */
  concern?: Sql | undefined;
}

export interface PageRow {
  features: string;
  found: number;
  last: string | null;
}

/**
 * Keyset paging: each page starts behind the last key of the one before, so that page 10,000 costs what page 1 costs
 * and rows that stay are neither skipped nor repeated while others write. Asks for one row more to see if more follow.
 */
export function pageStatement({
  columns,
  from,
  keys: given,
  descending = false,
  feature,
  key,
  concern,
  limit,
  cursor,
}: Listing): Sql {
  const keys = given.map((one) => ({ descending, ...one }));
  return sql`
    SELECT coalesce(string_agg(p.feature, ',') FILTER (WHERE p.n <= ${limit}::int), '') AS features,
           count(*)::int AS found, min(p.key) FILTER (WHERE p.n = ${limit}::int) AS last
           ${concern ? sql`, ${seenInAll(sql`p.concern`, sql`p.n <= ${limit}::int`)}` : nothing}
    FROM (
      SELECT row_number() OVER () AS n, ${feature} AS feature, json_build_array(${listOf(given)}::text, ${key})::text AS key
             ${concern ? sql`, r.concern` : nothing}
      FROM (
        SELECT ${columns} ${concern ? sql`, ${concern} AS concern` : nothing} ${from} ${behind(keys, given, cursor)}
        ORDER BY ${orderOf(keys)} LIMIT ${limit + 1}::int
      ) AS r
    ) AS p`;
}

const behind = (keys: readonly KeyColumn[], list: readonly KeyColumn[], cursor: string | undefined): Sql =>
  cursor === undefined ? nothing : sql`AND ${keysBehind(keys, readCursor(cursor, list))}`;

export const toPage = ({ features, found, last }: PageRow, limit: number): Page => ({
  features,
  numberReturned: Math.min(found, limit),
  next: found > limit && last ? Buffer.from(last).toString('base64url') : undefined,
});

const lists = new WeakMap<readonly KeyColumn[], string>();

/** Tells the cursors of one list from those of another. */
function listOf(keys: readonly KeyColumn[]): string {
  const known = lists.get(keys);
  if (known) return known;
  const texts = keys.map(({ column, descending = '' }) => render(column).text + descending).join();
  const list = createHash('sha256').update(texts).digest('base64url').slice(0, 6);
  lists.set(keys, list);
  return list;
}

// As json_build_array writes them in UTC. What else PostgreSQL reads as a time, it may also refuse in unforeseen ways.
const FORMS: Record<KeyColumn['type'], RegExp> = {
  text: /^[^\0]*$/,
  uuid: /^[0-9a-f-]{36}$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/,
  int: /^\d{1,9}$/,
  numeric: /^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/,
  boolean: /^(true|false)$/,
};

function readCursor(cursor: string, keys: readonly KeyColumn[]): (string | null)[] {
  try {
    const [list, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits = ({ type, isNullable }: KeyColumn, i: number) =>
      values[i] === null ? isNullable : FORMS[type].test(values[i]);
    if (list === listOf(keys) && values.length === keys.length && keys.every(fits))
      return values.map((value: unknown) => (value === null ? null : String(value)));
  } catch {
    // answered below
  }
  throw badRequest('The cursor is not one of this list. Follow the `next` link of a page, or leave it out.');
}
