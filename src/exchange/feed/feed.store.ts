import { ANONYMOUS, type Caller } from '../../core/caller.ts';
import { seenInAll } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { type FeedKey, type FeedPosition, openPosition, positionOf, sealPosition } from './feed.cursor.ts';
import { type FeedSources, featureOfChange } from './feed.feature.sql.ts';
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
} from './feed.page.sql.ts';
import { feedReader } from './feed.reader.store.ts';

export interface FeedQuestion {
  collections?: readonly string[] | undefined;
  limit: number;
  include?: 'feature' | undefined;
}

export interface FeedPage {
  /** Comma-separated JSON objects. */
  changes: string;
  found: number;
  /** Where to continue. */
  cursor: string;
}

interface FeedPageRow extends FeedRow {
  changes: string;
  found: number;
  last: FeedKey | null;
}

/** What readers wait for. */
export interface FeedBeat {
  /** Another one: a new row is readable, or a reset was announced. */
  mark: string;
  /** Whether an older running transaction holds a commit back. */
  isHeld: boolean;
}

export const feedStore = (db: Database, sources: FeedSources) => {
  const entryWithFeature = withFeature(featureOfChange(sources));
  const { ask, secretOf } = feedReader(db);

  return {
    /** The cursor after all changes so far. */
    async now(caller: Caller): Promise<string> {
      const { head } = await ask(caller, sql`SELECT ${feedHead} FROM feed AS f`);
      return sealPosition(positionOf(head), await secretOf());
    },

    async newest(): Promise<FeedBeat> {
      const row = await db.queryOne<{ newest: string; isHeld: boolean }>(
        ANONYMOUS,
        sql`SELECT concat(f.nonce, f.reset_mark) AS newest, f.held_since IS NOT NULL AS "isHeld" FROM feed AS f`,
      );
      return { mark: row.newest, isHeld: row.isHeld };
    },

    /** Age of the oldest commit that an older running transaction holds back. */
    async heldSeconds(): Promise<number> {
      const row = await db.queryOne<{ seconds: number }>(
        ANONYMOUS,
        sql`SELECT coalesce(extract(epoch FROM clock_timestamp() - f.held_since), 0)::float AS seconds FROM feed AS f`,
      );
      return row.seconds;
    },

    /** 400 for a malformed cursor, 410 for one whose row is gone. */
    async read(caller: Caller, after: string, question: FeedQuestion): Promise<FeedPage> {
      const secret = await secretOf();
      const position = openPosition(after, secret);
      const row = await ask<FeedPageRow>(
        caller,
        pageStatement(position, question, question.include ? entryWithFeature : changeText),
      );
      const { changes, found } = row;
      const end = endOfPage(row, question.limit, positionOf(row.head));
      return { changes, found, cursor: sealPosition(end, secret) };
    },
  };
};
export type FeedStore = ReturnType<typeof feedStore>;

const pageStatement = (after: FeedPosition, question: FeedQuestion, changeText: Sql): Sql => sql`
  SELECT ${feedState(after)}, p.changes, p.found, p.last, p.seen
  FROM feed AS f CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(${changeText}, ',' ${inOrder}), '') AS changes, count(*)::int AS found, ${lastRow},
           ${seenInAll(sql`ch.concern`)}
    FROM (${rowsBehind(after, question)}) AS ch
  ) AS p`;
