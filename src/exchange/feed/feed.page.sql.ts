import { view } from '../../db/labelled.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import { type FeedKey, type FeedPosition, positionOf } from './feed.cursor.ts';

/** What the cursor is worth (tripoint.cursor_state), and the head of the feed: its newest readable row. */
export interface FeedRow {
  state: 'known' | 'expired' | 'lost' | 'behind' | 'unbegun';
  head: FeedKey;
  /** Another one: a reset was announced. */
  reset_mark: string;
}

export interface PageQuestion {
  collections?: readonly string[] | undefined;
  limit: number;
  /** Inclusive upper bound. */
  until?: FeedPosition | undefined;
}

const head = sql`json_build_array(f.xid::text, f.collection, f.id, f.nonce) AS head, f.reset_mark`;

export const feedHead = sql`CASE WHEN f.birth IS NULL THEN 'unbegun' ELSE 'known' END AS state, ${head}`;

export const feedState = ({ xid, collection, id, nonce }: FeedPosition): Sql =>
  sql`cursor_state(${xid}::xid8, ${collection}, ${id}, ${nonce}::uuid) AS state, ${head}`;

/** The position after a page: after its last row if it is full, else at the head. */
export function endOfPage(
  { found, last }: { found: number; last: FeedKey | null },
  limit: number,
  end: FeedPosition,
): FeedPosition {
  return found < limit || !last ? end : positionOf(last);
}

// an alias that no layer uses, because it joins the layers
export const changeText = sql`json_build_object('collection', ch.collection, 'id', ch.id, 'op', ch.op, 'at', tripoint.utc(ch.at))::text`;

export const withFeature = (feature: Sql): Sql =>
  sql`left(${changeText}, -1) || ',"feature":' || coalesce(${feature}, 'null') || '}'`;

export const inOrder = sql`ORDER BY ch.xid, ch.collection, ch.id`;

/** The last row of a group. */
export const lastRow = sql`(array_agg(json_build_array(ch.xid::text, ch.collection, ch.id, ch.nonce)
  ORDER BY ch.xid DESC, ch.collection DESC, ch.id DESC))[1] AS last`;

/** The changes after a position that the caller may see. */
export const rowsBehind = (after: FeedPosition, { collections, limit, until }: PageQuestion): Sql => sql`
  SELECT ch.xid, ch.collection, ch.id, ch.nonce, ch.op, ch.at, ch.concern, ch.was_seen FROM ${view.change} AS ch
  WHERE ${all(
    sql`(ch.xid, ch.collection, ch.id) > (${after.xid}::xid8, ${after.collection}, ${after.id})`,
    when(
      until,
      ({ xid, collection, id }) =>
        sql`(ch.xid, ch.collection, ch.id) <= (${xid}::xid8, ${collection}, ${id})`,
    ),
    when(collections, (names) => sql`ch.collection = ANY (${names}::text[])`),
  )}
  ${inOrder} LIMIT ${limit}::int`;
