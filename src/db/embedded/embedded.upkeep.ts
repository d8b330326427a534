import type { PGlite } from '@electric-sql/pglite';
import type { Sessions } from './embedded.sessions.ts';

const PERIOD_MS = 1_000;
const IDLE_MS = 2_000;
const PAUSE_AFTER_FAILURE_MS = 60_000;
const MOST_WAL_BYTES = 64 * 2 ** 20;

/**
 * PGlite runs PostgreSQL without its background processes. Without checkpoints the write-ahead log grows without limit,
 * and recovery after a crash takes 10 s per 600 MB; without autovacuum tables bloat and the planner has no statistics.
 */
export function startUpkeep(db: PGlite, sessions: Sessions, log: (sentence: string) => void): () => void {
  let doneUpTo = 0;
  let pausedUntil = 0;
  const timer = setInterval(() => {
    const usedAt = sessions.lastUsedAt();
    if (usedAt === doneUpTo || Date.now() < pausedUntil) return;
    const isIdle = Date.now() - usedAt > IDLE_MS;
    void sessions.exclusively(async () => {
      if (!sessions.isAtRest()) return;
      const statement = await asOwner(db, () => runDueStatement(db, isIdle)).catch((error: Error) => {
        pausedUntil = Date.now() + PAUSE_AFTER_FAILURE_MS;
        log(`The upkeep of the embedded database failed: ${error.message}`);
      });
      if (isIdle && !statement) doneUpTo = usedAt;
    });
  }, PERIOD_MS);
  return () => clearInterval(timer);
}

/** Runs `work` as the superuser in a client's session, which may have another role. */
export async function asOwner<T>(db: PGlite, work: () => Promise<T>): Promise<T> {
  const { rows } = await db.query<{ role: string }>(`SELECT current_setting('role') AS role`);
  await db.exec('RESET ROLE');
  try {
    return await work();
  } finally {
    await db.query(`SELECT pg_catalog.set_config('role', $1, false)`, [rows[0]?.role]);
  }
}

async function runDueStatement(db: PGlite, isIdle: boolean): Promise<string | undefined> {
  const { rows } = await db.query<{ statement: string }>(
    isIdle ? `${CHECKPOINT_DUE} UNION ALL (${VACUUM_DUE})` : CHECKPOINT_DUE,
  );
  const statement = rows[0]?.statement;
  if (statement) await db.exec(statement);
  return statement;
}

const CHECKPOINT_DUE = `
  SELECT 'CHECKPOINT' AS statement
  FROM pg_catalog.pg_control_checkpoint()
  WHERE pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), redo_lsn) > ${MOST_WAL_BYTES}`;

// The thresholds of autovacuum. One table at a time: clients wait meanwhile.
const VACUUM_DUE = `
  SELECT pg_catalog.format('%s %I.%I',
    CASE WHEN n_dead_tup > 50 + 0.2 * n_live_tup THEN 'VACUUM (ANALYZE)' ELSE 'ANALYZE' END, schemaname, relname)
  FROM pg_catalog.pg_stat_user_tables
  WHERE (n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup)
    AND NOT pg_catalog.starts_with(schemaname, 'pg_temp')
  LIMIT 1`;
