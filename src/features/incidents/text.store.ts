import { ANONYMOUS, type Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';

const JOB: Caller = { ...ANONYMOUS, lane: 'jobs' };
const AT_ONCE = 500; // rows per transaction: writers of these rows wait for it

export const textStore = (db: Database) => ({
  /** Makes some texts again that have not the present shape; false: no text is left, or its row is being written. */
  async renew(): Promise<boolean> {
    const statement = sql`SELECT renew_incident_texts(${AT_ONCE}) AS passed`;
    const row = await db.queryOne<{ passed: number }>(JOB, statement);
    return row.passed > 0;
  },
});
export type TextStore = ReturnType<typeof textStore>;
