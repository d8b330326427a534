import type { Page, PageRequest } from '../core/page.ts';
import { firstIds, type OrderedRows } from './cell.order.ts';
import { NOTHING_SEEN, seenInAll } from './concern.ts';
import { cursorOf, keyText, readCursor } from './cursor.ts';
import { type KeyColumn, keysBehind, keysUpTo, orderOf } from './keyset.ts';
import { listed, nothing, Sql, sql } from './sql.ts';

export interface Listing extends PageRequest {
  /** Columns that `feature` and the keys need. */
  columns: Sql;
  /** `FROM … WHERE …` without the keyset condition. */
  from: Sql;
  /** The total order. */
  keys: readonly KeyColumn[];
  /** Default direction of the keys. */
  descending?: boolean;
  /** The GeoJSON of one row as text, or another text, over the alias `r` of `columns`. */
  feature: Sql;
  /** Between two features; default: a comma. */
  separator?: string;
  /** Number of features per result row; default: all in one. */
  featuresInRow?: number;
  /** The keys over the alias `r`, in the same order. */
  key: Sql;
  /** For labelled rows: bitmask of the owner countries (src/db/concern.ts), over the aliases of `from`. */
  concern?: Sql | undefined;
  /** Finds the same rows through an index in their order. */
  ordered?: OrderedRows | undefined;
}

export interface PageRow {
  features: string;
  found: number;
  last: string | null;
}

/** A page as one or several texts. */
export function pageStatement({ feature, separator = ',', featuresInRow, ...listing }: Listing): Sql {
  const { limit, concern } = listing;
  return sql`
    SELECT coalesce(string_agg(${feature}, ${separator}) FILTER (WHERE r.n <= ${limit}::int), '') AS features,
           ${pageEnd(listing)} ${concern ? sql`, ${seenOnPage(limit)}` : nothing}
    FROM (${pageRows(listing)}) AS r
    ${featuresInRow ? sql`GROUP BY (r.n - 1) / ${featuresInRow}::int ORDER BY min(r.n)` : nothing}`;
}

/** Number of rows found, and the key of the page's last row; over the alias `r`. */
const pageEnd = ({ keys, key, limit }: Pick<Listing, 'keys' | 'key' | 'limit'>): Sql =>
  sql`count(*)::int AS found, min(${keyText(keys, key)}) FILTER (WHERE r.n = ${limit}::int) AS last`;

export const seenOnPage = (limit: number): Sql => seenInAll(sql`r.concern`, sql`r.n <= ${limit}::int`);

/**
 * Keyset paging: each page starts after the last key of the previous one, so page 10,000 costs the same as page 1, and
 * rows that exist throughout are neither skipped nor repeated during writes. Reads one extra row to see if more follow.
 */
export function pageRows({
  columns,
  from,
  keys: given,
  descending = false,
  concern,
  limit,
  cursor,
  offset,
  until,
  ordered,
}: Omit<Listing, 'feature' | 'separator'>): Sql {
  const keys = given.map((one) => ({ descending, ...one }));
  const ends = between(given, keys, { cursor, until });
  const rows = ordered
    ? firstRows(ordered, keys, ends, offset ? sql`${limit + offset + 1}::int` : asText(limit + 1))
    : sql`${from} ${ends}`;
  const skipped = offset ? sql` OFFSET ${offset}::int` : nothing;
  return sql`
    SELECT row_number() OVER () AS n, r.*
    FROM (
      SELECT ${columns} ${concern ? sql`, ${concern} AS concern` : nothing} ${rows}
      ORDER BY ${orderOf(keys)} LIMIT ${asText(limit + 1)}${skipped}
    ) AS r`;
}

/** The key of the n-th row after a cursor; no row if there are fewer. Reveals no row. */
export function boundaryStatement(
  { from, keys: given, descending = false, cursor, until, ordered }: Omit<Listing, 'limit' | 'feature'>,
  rows: number,
): Sql {
  const keys = given.map((one) => ({ descending, ...one }));
  const key = listed(given.map(({ column }) => column));
  const ends = between(given, keys, { cursor, until });
  const found = ordered ? firstRows(ordered, keys, ends, new Sql([String(rows)], [])) : sql`${from} ${ends}`;
  return sql`
    SELECT ${keyText(given, key)} AS last, ${NOTHING_SEEN} ${found}
    ORDER BY ${orderOf(keys)} OFFSET ${rows - 1}::int LIMIT 1`;
}

/** `FROM … WHERE …` of these rows alone. An array, because the planner would join a long list by reading the whole table. */
const firstRows = (ordered: OrderedRows, keys: readonly KeyColumn[], ends: Sql, limit: Sql): Sql =>
  sql`FROM ${ordered.parts.from}
    WHERE ${keys.at(-1)!.column} = ANY (ARRAY(${firstIds(ordered, { keys, ends, limit })}))`;

const USUAL_LIMITS = new Set([10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000]);

/**
 * With a literal LIMIT, PostgreSQL caches the plan of a page. With a parameter it would estimate a tenth of all rows and
 * plan each time (measured: 0.43 instead of 0.74 ms of processor time for 20 incidents). Only for common limits: each is
 * a separate statement, and few are cached.
 */
const asText = (rows: number): Sql =>
  USUAL_LIMITS.has(rows - 1) ? new Sql([String(rows)], []) : sql`${rows}::int`;

function between(list: readonly KeyColumn[], keys: readonly KeyColumn[], { cursor, until }: PageEnds): Sql {
  const start = cursor === undefined ? nothing : sql` AND ${keysBehind(keys, readCursor(cursor, list))}`;
  const end = until === undefined ? nothing : sql` AND ${keysUpTo(keys, readCursor(until, list))}`;
  return sql`${start}${end}`;
}

type PageEnds = Pick<PageRequest, 'cursor' | 'until'>;

export const toPage = ({ features, found, last }: PageRow, limit: number): Page => ({
  features,
  numberReturned: Math.min(found, limit),
  next: found > limit && last ? cursorOf(last) : undefined,
});
