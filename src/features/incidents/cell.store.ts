import { ANONYMOUS, type Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const JOB: Caller = { ...ANONYMOUS, lane: 'jobs' };
const AT_ONCE = 2000; // rows per transaction: the embedded database does nothing else meanwhile

export const cellStore = (db: Database) => ({
  /** Folds some deltas into sums; true: there are more. */
  async fold(): Promise<boolean> {
    const statement = sql`SELECT fold_incident_cells(${AT_ONCE}) AS folded`;
    const row = await db.queryOne<{ folded: number }>(JOB, statement);
    return row.folded === AT_ONCE;
  },
});
export type CellStore = ReturnType<typeof cellStore>;
