import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const SET_SIZE = 500; // rows per statement: the embedded database does nothing else meanwhile

export const alertUpkeep = (db: Database) => ({
  /** Deletes older alerts and returns their number. */
  async purge(days: number): Promise<number> {
    let all = 0;
    for (let purged = -1; purged !== 0; all += purged) {
      const row = await db.maintainOne<{ purged: number }>(
        'tripoint_alerter',
        sql`SELECT base.purge_alerts(make_interval(days => ${days}::int), ${SET_SIZE}::int) AS purged`,
      );
      purged = row.purged;
    }
    return all;
  },
});
export type AlertUpkeep = ReturnType<typeof alertUpkeep>;
