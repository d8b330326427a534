import { view } from '../../db/labelled.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import type { FeedPosition } from './feed.cursor.ts';

/** The head of the feed, and its oldest retained position. */
export interface FeedRow {
  epoch: string;
  xmin: string;
  purged_xid: string;
}

/** The last row of a page. */
export type LastRow = [xid: string, collection: string, id: string] | null;

export interface PageQuestion {
  collections?: readonly string[] | undefined;
  limit: number;
  /** Inclusive upper bound. */
  until?: FeedPosition | undefined;
}

export const feedState = sql`f.epoch::text AS epoch, f.xmin::text AS xmin, f.purged_xid::text AS purged_xid`;

/** Everything before it is readable: later rows belong to this transaction or to later ones. */
export const endOf = ({ epoch, xmin }: FeedRow): FeedPosition => ({
  epoch,
  xid: xmin,
  collection: '',
  id: '',
});

/** The position after a page: after its last row if it is full, else at the head. */
export function endOfPage(
  { epoch, found, last }: { epoch: string; found: number; last: LastRow },
  limit: number,
  end: FeedPosition,
): FeedPosition {
  if (found < limit || !last) return end;
  const [xid, collection, id] = last;
  return { epoch, xid, collection, id };
}

/** Older than the retained changes, or from before a restore. */
export const isExpired = (position: FeedPosition, { epoch, purged_xid }: FeedRow): boolean =>
  epoch !== position.epoch || BigInt(position.xid) <= BigInt(purged_xid);

// an alias that no layer uses, because it joins the layers
export const changeText = sql`json_build_object('collection', ch.collection, 'id', ch.id, 'op', ch.op, 'at', tripoint.utc(ch.at))::text`;

export const withFeature = (feature: Sql): Sql =>
  sql`left(${changeText}, -1) || ',"feature":' || coalesce(${feature}, 'null') || '}'`;

export const inOrder = sql`ORDER BY ch.xid, ch.collection, ch.id`;

/** The last row of a group. */
export const lastRow = sql`(array_agg(json_build_array(ch.xid::text, ch.collection, ch.id)
  ORDER BY ch.xid DESC, ch.collection DESC, ch.id DESC))[1] AS last`;

/** The changes after a position that the caller may see. */
export const rowsBehind = (after: FeedPosition, { collections, limit, until }: PageQuestion): Sql => sql`
  SELECT ch.xid, ch.collection, ch.id, ch.op, ch.at, ch.concern, ch.was_seen FROM ${view.change} AS ch
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
