import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const AT_ONCE = 500; // rows per transaction: the embedded database does nothing else meanwhile

export const overdueStore = (db: Database) => ({
  /** Raises alerts for some overdue incidents; true: there are more. */
  async fire(): Promise<boolean> {
    const statement = sql`SELECT base.fire_overdue(${AT_ONCE}) AS fired`;
    const row = await db.maintainOne<{ fired: number }>('tripoint_watch', statement);
    return row.fired === AT_ONCE;
  },
});
export type OverdueStore = ReturnType<typeof overdueStore>;
