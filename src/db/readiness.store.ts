import pg from 'pg';
import { ANONYMOUS } from '../core/caller.ts';
import { Problem } from '../core/problem.ts';
import type { Unreadiness } from '../core/unreadiness.ts';
import type { Database } from './database.ts';
import { type Program, thisProgram } from './program.ts';
import { requireFit, requireObjects } from './schema.fit.store.ts';
import { sql } from './sql.ts';

/** Why the database cannot serve; empty: it can. */
export const databaseFaults = (db: Database, program: Program = thisProgram()): Promise<Unreadiness[]> =>
  explained(async () => {
    await requireFit(db, program);
    return [...(await readOnlyFault(db)), ...(await diskFault(db))];
  });

/** The same for the start of the service, which looks at each object too. */
export const startFaults = (db: Database, program: Program = thisProgram()): Promise<Unreadiness[]> =>
  explained(async () => {
    const { isNewer } = await requireFit(db, program);
    if (!isNewer) await requireObjects(db);
    return [];
  });

async function explained(faults: () => Promise<Unreadiness[]>): Promise<Unreadiness[]> {
  try {
    return await faults();
  } catch (error) {
    const { message } = error as Error;
    return [{ reason: isAway(error) ? 'unreachable' : 'schema', detail: message }];
  }
}

const AWAY = ['database-away', 'database-slow'];
const isAway = (error: unknown): boolean =>
  error instanceof pg.DatabaseError || (error instanceof Problem && AWAY.includes(error.code));

async function readOnlyFault(db: Database): Promise<Unreadiness[]> {
  const { isReadOnly } = await db.queryOne<{ isReadOnly: boolean }>(
    ANONYMOUS,
    sql`SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS "isReadOnly"`,
  );
  const detail = 'The database takes no writes: it is a standby, or read-only.';
  return isReadOnly ? [{ reason: 'read-only', detail }] : [];
}

/** Writes and drops a temporary file of a megabyte: a write to a table would find old room even on a full disk. */
async function diskFault(db: Database): Promise<Unreadiness[]> {
  try {
    await db.transaction(ANONYMOUS, async (tx) => {
      await tx.query(sql`SELECT set_config('work_mem', '64kB', true)`);
      await tx.query(sql`SELECT count(*) FROM generate_series(1, 50000)`);
    });
    return [];
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'database-full') throw error;
    return [{ reason: 'disk-full', detail: error.message }];
  }
}
