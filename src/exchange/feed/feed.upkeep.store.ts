import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

export const feedUpkeep = (db: Database) => ({
  /** Tells of what became other by time alone: zones that take effect or expire, states of crossings that begin or end. */
  async tellTime(): Promise<number> {
    const row = await db.maintainOne<{ told: number }>(
      'tripoint_clock',
      sql`SELECT base.tell_time() AS told`,
    );
    return row.told;
  },

  /** Forgets what is older, and answers how many changes that were. */
  async purge(days: number): Promise<number> {
    const row = await db.maintainOne<{ purged: number }>(
      'tripoint_clock',
      sql`SELECT base.purge_changes(make_interval(days => ${days}::int)) AS purged`,
    );
    return row.purged;
  },
});
export type FeedUpkeep = ReturnType<typeof feedUpkeep>;
