import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { RetentionRule } from './retention.rules.ts';

// rows per statement: a long transaction holds the feed back, and the embedded database does nothing else meanwhile
const SET_SIZE = 100;

export const purgeStore = (db: Database) => ({
  /** Deletes some incidents and requests past their retention and returns their number; 0: done. */
  async purgeSome(rules: readonly RetentionRule[]): Promise<number> {
    const text = JSON.stringify(rules);
    const row = await db.maintainOne<{ purged: number }>(
      'tripoint_purger',
      sql`SELECT base.purge_incidents(${text}::json, ${SET_SIZE}) + base.purge_requests(${text}::json, ${SET_SIZE}) AS purged`,
    );
    return row.purged;
  },
});
export type PurgeStore = ReturnType<typeof purgeStore>;

/** Deletes all incidents and requests past their retention. */
export async function purgeAll(store: PurgeStore, rules: readonly RetentionRule[]): Promise<number> {
  let all = 0;
  for (let purged = -1; purged !== 0 && rules.length > 0; all += purged)
    purged = await store.purgeSome(rules);
  return all;
}
