import { ANONYMOUS } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import { beginFeed } from './feed.reader.store.ts';

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
