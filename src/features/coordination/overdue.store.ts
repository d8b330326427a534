import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const AT_ONCE = 500; // of one transaction: the embedded database does nothing else meanwhile

export const overdueStore = (db: Database) => ({
  /** Alerts of some incidents of which no agency has taken notice in time; true: there are more. */
  async fire(): Promise<boolean> {
    const statement = sql`SELECT base.fire_overdue(${AT_ONCE}) AS fired`;
    const row = await db.maintainOne<{ fired: number }>('tripoint_watch', statement);
    return row.fired === AT_ONCE;
  },
});
export type OverdueStore = ReturnType<typeof overdueStore>;
