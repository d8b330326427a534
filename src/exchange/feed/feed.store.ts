import { ANONYMOUS, type Caller } from '../../core/caller.ts';
import { seenInAll } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { type FeedPosition, openPosition, sealPosition } from './feed.cursor.ts';
import { featureOfChange } from './feed.feature.sql.ts';
import {
  changeText,
  endOf,
  endOfPage,
  type FeedRow,
  feedState,
  inOrder,
  isExpired,
  type LastRow,
  lastRow,
  rowsBehind,
  withFeature,
} from './feed.page.sql.ts';
import { expiredCursor } from './feed.problems.ts';
import { feedSecret } from './feed.secret.store.ts';

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
  last: LastRow;
}

/** The newest transaction that is readable. */
export interface NewestTransaction {
  xid: string;
  /** Whether an older running transaction holds a commit back. */
  isHeld: boolean;
}

export const feedStore = (db: Database, layers: readonly Collection[]) => {
  const entryWithFeature = withFeature(featureOfChange(layers));
  const secretOf = feedSecret(db);

  return {
    /** The cursor after all changes so far. */
    async now(caller: Caller): Promise<string> {
      const row = await db.queryOne<FeedRow>(caller, sql`SELECT ${feedState} FROM feed AS f`);
      return sealPosition(endOf(row), await secretOf());
    },

    async newest(): Promise<NewestTransaction> {
      const row = await db.queryOne<{ xid: string | null; isHeld: boolean }>(
        ANONYMOUS,
        sql`SELECT f.newest_xid::text AS xid, f.held_since IS NOT NULL AS "isHeld" FROM feed AS f`,
      );
      return { ...row, xid: row.xid ?? '' };
    },

    /** Age of the oldest commit that an older running transaction holds back. */
    async heldSeconds(): Promise<number> {
      const row = await db.queryOne<{ seconds: number }>(
        ANONYMOUS,
        sql`SELECT coalesce(extract(epoch FROM clock_timestamp() - f.held_since), 0)::float AS seconds FROM feed AS f`,
      );
      return row.seconds;
    },

    /** 400 for a malformed cursor, 410 for one older than the retained changes. */
    async read(caller: Caller, after: string, question: FeedQuestion): Promise<FeedPage> {
      const secret = await secretOf();
      const position = openPosition(after, secret);
      const row = await db.queryOne<FeedPageRow>(
        caller,
        pageStatement(position, question, question.include ? entryWithFeature : changeText),
      );
      const { changes, found } = row;
      if (isExpired(position, row)) throw expiredCursor(sealPosition(endOf(row), secret));
      const end = endOfPage(row, question.limit, endOf(row));
      return { changes, found, cursor: sealPosition(end, secret) };
    },
  };
};
export type FeedStore = ReturnType<typeof feedStore>;

const pageStatement = (after: FeedPosition, question: FeedQuestion, changeText: Sql): Sql => sql`
  SELECT ${feedState}, p.changes, p.found, p.last, p.seen
  FROM feed AS f CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(${changeText}, ',' ${inOrder}), '') AS changes, count(*)::int AS found, ${lastRow},
           ${seenInAll(sql`ch.concern`)}
    FROM (${rowsBehind(after, question)}) AS ch
  ) AS p`;
