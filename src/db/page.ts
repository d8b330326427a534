import { createHash } from 'node:crypto';
import type { Page, PageRequest } from '../http/page.ts';
import { badRequest } from '../http/problem.ts';
import { seenInAll } from './concern.ts';
import { nothing, render, Sql, sql } from './sql.ts';

interface KeyColumn {
  column: Sql;
  type: 'text' | 'uuid' | 'timestamptz' | 'int';
}

export interface Listing extends PageRequest {
  /** Columns that `feature` and the keys need. */
  columns: Sql;
  /** `FROM … WHERE …` without the keyset condition. */
  from: Sql;
  /** The total order; every key goes the same way. */
  keys: readonly KeyColumn[];
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

const join = (pieces: readonly Sql[], separator: string): Sql =>
  new Sql(['', ...pieces.slice(1).map(() => separator), ''], pieces);

/**
 * Keyset paging: each page starts behind the last key of the one before, so that page 10,000 costs what page 1 costs
 * and rows that stay are neither skipped nor repeated while others write. Asks for one row more to see if more follow.
 */
export function pageStatement({
  columns,
  from,
  keys,
  descending = false,
  feature,
  key,
  concern,
  limit,
  cursor,
}: Listing): Sql {
  const order = join(
    keys.map(({ column }) => sql`${column} ${descending ? sql`DESC` : sql`ASC`}`),
    ', ',
  );
  return sql`
    SELECT coalesce(string_agg(p.feature, ',') FILTER (WHERE p.n <= ${limit}::int), '') AS features,
           count(*)::int AS found, min(p.key) FILTER (WHERE p.n = ${limit}::int) AS last
           ${concern ? sql`, ${seenInAll(sql`p.concern`, sql`p.n <= ${limit}::int`)}` : nothing}
    FROM (
      SELECT row_number() OVER () AS n, ${feature} AS feature, json_build_array(${listOf(keys)}::text, ${key})::text AS key
             ${concern ? sql`, r.concern` : nothing}
      FROM (
        SELECT ${columns} ${concern ? sql`, ${concern} AS concern` : nothing} ${from} ${behind(keys, descending, cursor)}
        ORDER BY ${order} LIMIT ${limit + 1}::int
      ) AS r
    ) AS p`;
}

function behind(keys: readonly KeyColumn[], descending: boolean, cursor: string | undefined): Sql {
  if (cursor === undefined) return sql``;
  const values = readCursor(cursor, keys);
  const columns = join(
    keys.map(({ column }) => column),
    ', ',
  );
  const bounds = join(
    keys.map(({ type }, i) => sql`${values[i]}::${new Sql([type], [])}`),
    ', ',
  );
  return sql`AND (${columns}) ${descending ? sql`<` : sql`>`} (${bounds})`;
}

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
  const texts = keys.map(({ column }) => render(column).text).join();
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
};

function readCursor(cursor: string, keys: readonly KeyColumn[]): string[] {
  try {
    const [list, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits = ({ type }: KeyColumn, i: number) => FORMS[type].test(values[i]);
    if (list === listOf(keys) && values.length === keys.length && keys.every(fits)) return values.map(String);
  } catch {
    // answered below
  }
  throw badRequest('The cursor is not one of this list. Follow the `next` link of a page, or leave it out.');
}
