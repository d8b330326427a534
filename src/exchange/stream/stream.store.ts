import type { Caller } from '../../core/caller.ts';
import { seenInAll } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { Sql, sql } from '../../db/sql.ts';
import type { Collection, Rows } from '../../ogc/collection/collection.sql.ts';
import type { Selection } from '../../ogc/collection/items.query.ts';
import { rowsOf } from '../../ogc/collection/items.rows.sql.ts';
import { besideAnchor, requireAnchor } from '../../ogc/collection/items.sql.ts';
import { requireSmall } from '../../ogc/collection/stranger.limits.store.ts';
import {
  type FeedKey,
  type FeedPosition,
  openPosition,
  positionOf,
  sealPosition,
} from '../feed/feed.cursor.ts';
import { type FeedSources, featureOfChange } from '../feed/feed.feature.sql.ts';
import {
  changeText,
  endOfPage,
  type FeedRow,
  feedHead,
  feedState,
  inOrder,
  lastRow,
  rowsBehind,
  withFeature,
} from '../feed/feed.page.sql.ts';
import { feedReader } from '../feed/feed.reader.store.ts';

export interface StreamQuestion {
  collections?: readonly string[] | undefined;
  include?: 'feature' | undefined;
  /** Selected features of the filtered layer; absent: all. */
  selection?: Selection | undefined;
}

/** A feed entry and the cursor after it. */
export interface StreamEntry {
  collection: string;
  /** JSON. */
  text: string;
  cursor: string;
}

/** A position and its cursor for clients. */
export interface StreamPlace {
  position: FeedPosition;
  cursor: string;
}

/** The head of the feed. */
export interface StreamHead extends StreamPlace {
  resetMark: string;
}

export interface StreamPage {
  entries: StreamEntry[];
  isFull: boolean;
  end: StreamPlace;
  resetMark: string;
}

export interface FeedRange {
  after: FeedPosition;
  until?: FeedPosition | undefined;
}

interface StreamPageRow extends FeedRow {
  entries: [...FeedKey, text: string][];
  found: number;
  last: FeedKey | null;
  is_known?: boolean;
}

const LIMIT = 100; // changes per page: with features some hundred kilobytes
const ALERTS = 'alerts';

/** `filtered` is the layer whose filters streams accept. */
export function streamStore(db: Database, sources: FeedSources, filtered: Collection) {
  const { ask, secretOf } = feedReader(db);
  const whole = withFeature(featureOfChange(sources));
  const plain = entryWithAlerts(sources);

  return {
    open: async (cursor: string): Promise<FeedPosition> => openPosition(cursor, await secretOf()),

    /** The position after all changes so far. */
    async now(caller: Caller): Promise<StreamHead> {
      const { head, reset_mark: resetMark } = await ask(caller, sql`SELECT ${feedHead} FROM feed AS f`);
      return { ...placeAt(positionOf(head), await secretOf()), resetMark };
    },

    /** Throws 410 for a position whose row is gone, and the Problem of a bad filter. */
    async read(caller: Caller, { after, until }: FeedRange, question: StreamQuestion): Promise<StreamPage> {
      const { selection, include, collections } = question;
      requireSmall(caller, selection?.filter);
      const rows = selection && rowsOf(filtered, selection);
      const changes = rowsBehind(after, { collections, limit: LIMIT, until });
      const text = include ? whole : plain;
      const statement = pageStatement(after, text, rows ? fitting(changes, filtered, rows) : changes);
      const row = await ask<StreamPageRow>(caller, besideAnchor(statement, rows?.anchor?.row));
      if (selection) requireAnchor(filtered, selection, row);
      const secret = await secretOf();
      const { entries, found } = row;
      return {
        entries: entries.map(([xid, collection, id, nonce, text]) => ({
          collection,
          text,
          cursor: sealPosition({ xid, collection, id, nonce }, secret),
        })),
        isFull: found === LIMIT,
        end: placeAt(endOfPage(row, LIMIT, until ?? positionOf(row.head)), secret),
        resetMark: row.reset_mark,
      };
    },
  };
}
export type StreamStore = ReturnType<typeof streamStore>;

const placeAt = (position: FeedPosition, secret: Buffer): StreamPlace => ({
  position,
  cursor: sealPosition(position, secret),
});

/** Alerts always include their content, with or without include=feature. */
function entryWithAlerts({ collections }: FeedSources): Sql {
  const alerts = collections.filter(({ id }) => id === ALERTS);
  if (alerts.length === 0) return changeText;
  return sql`CASE WHEN ch.collection = ${ALERTS} THEN ${withFeature(featureOfChange({ collections: alerts, followed: [] }))} ELSE ${changeText} END`;
}

/**
 * A feature that does not match becomes `remove` if the caller may have seen it, and is left out (`op` is null) if it
 * cannot have. Each change is looked up by its id, independent of the filter.
 */
const fitting = (changes: Sql, { id, key }: Collection, { from, where, concern }: Rows): Sql => sql`
  SELECT ch.xid, ch.collection, ch.id, ch.nonce, ch.at, ch.concern | coalesce(hit.concern, 0) AS concern,
    CASE WHEN ch.collection <> ${id} OR ch.op = 'remove' OR hit.concern IS NOT NULL THEN ch.op
      WHEN ch.was_seen THEN 'remove' END AS op
  FROM (${changes}) AS ch LEFT JOIN LATERAL (
    SELECT ${concern ?? sql`0`} AS concern FROM ${from}
    WHERE ${key.column} = CASE WHEN ch.collection = ${id} AND ch.op = 'upsert' THEN ch.id::${new Sql([key.type], [])} END
      AND ${where}
  ) AS hit ON true`;

const pageStatement = (after: FeedPosition, text: Sql, changes: Sql): Sql => sql`
  SELECT ${feedState(after)}, p.entries, p.found, p.last, p.seen
  FROM feed AS f CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(ch.xid::text, ch.collection, ch.id, ch.nonce, ${text}) ${inOrder})
             FILTER (WHERE ch.op IS NOT NULL), '[]') AS entries,
           count(*)::int AS found, ${lastRow}, ${seenInAll(sql`ch.concern`, sql`ch.op IS NOT NULL`)}
    FROM (${changes}) AS ch
  ) AS p`;
