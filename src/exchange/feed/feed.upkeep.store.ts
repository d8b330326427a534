import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

export const feedUpkeep = (db: Database) => ({
  /** Writes the changes caused by time alone: zones take effect or expire, crossing states begin or end. */
  async tellTime(): Promise<number> {
    const row = await db.maintainOne<{ told: number }>(
      'tripoint_clock',
      sql`SELECT base.tell_time() AS told`,
    );
    return row.told;
  },

  /** Deletes older changes and returns their number. */
  async purge(days: number): Promise<number> {
    const row = await db.maintainOne<{ purged: number }>(
      'tripoint_clock',
      sql`SELECT base.purge_changes(make_interval(days => ${days}::int)) AS purged`,
    );
    return row.purged;
  },
});
export type FeedUpkeep = ReturnType<typeof feedUpkeep>;
