import { ANONYMOUS } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import { beginFeed } from './feed.birth.store.ts';
import type { FeedPosition } from './feed.cursor.ts';
import { type FeedRow, feedHead, feedState } from './feed.page.sql.ts';

/** `at` is the clock of the database. */
interface FeedLook extends FeedRow {
  at: string;
}

export const feedUpkeep = (db: Database) => ({
  /** When the server behind the connection started: another time means that it may be another server. */
  async serverStart(): Promise<string> {
    const row = await db.queryOne<{ start: string }>(
      ANONYMOUS,
      sql`SELECT pg_postmaster_start_time()::text AS start`,
    );
    return row.start;
  },

  begin: () => beginFeed(db),

  /** The head of the feed now, and what has become of an earlier one. */
  look: (known: FeedPosition | undefined) =>
    db.queryOne<FeedLook>(
      ANONYMOUS,
      sql`SELECT ${known ? feedState(known) : feedHead}, clock_timestamp()::text AS at FROM feed AS f`,
    ),

  /** Queues a reset for each webhook, unless another process has done so since. Returns their number. */
  async noteLoss(verifiedAt: string): Promise<number> {
    const row = await db.maintainOne<{ queued: number }>(
      'tripoint_clock',
      sql`SELECT base.note_loss(${verifiedAt}::timestamptz) AS queued`,
    );
    return row.queued;
  },

  /** Writes the changes caused by time alone: zones take effect or expire, crossing states begin or end. */
  async tellTime(): Promise<number> {
    const row = await db.maintainOne<{ told: number }>(
      'tripoint_clock',
      sql`SELECT base.tell_time() AS told`,
    );
    return row.told;
  },

  /** Deletes older changes, the oldest first and at most so many, and returns their number. */
  async purge(days: number, most: number): Promise<number> {
    const row = await db.maintainOne<{ purged: number }>(
      'tripoint_clock',
      sql`SELECT base.purge_changes(make_interval(days => ${days}::int), ${most}::int) AS purged`,
    );
    return row.purged;
  },
});
export type FeedUpkeep = ReturnType<typeof feedUpkeep>;
