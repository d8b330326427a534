import type { PGlite } from '@electric-sql/pglite';
import type { Sessions } from './embedded.sessions.ts';

const PERIOD_MS = 1_000;
const QUIET_MS = 100; // of work in a period: the jobs of the service ask again and again
const QUIET_PERIODS = 2;
const REST_PERIODS = 10; // after a look that found nothing due
const PAUSE_PERIODS = 60; // after a failure
const MOST_WAL_BYTES = 64 * 2 ** 20;

/**
 * PGlite runs PostgreSQL without its background processes. Without checkpoints the write-ahead log grows without limit,
 * and recovery after a crash takes 10 s per 600 MB; without autovacuum tables bloat and the planner has no statistics.
 */
export function startUpkeep(db: PGlite, sessions: Sessions, log: (sentence: string) => void): () => void {
  let busyMs = 0;
  let quiet = 0;
  let pause = 0;
  const timer = setInterval(() => {
    const workMs = sessions.busyMs() - busyMs;
    busyMs += workMs;
    quiet = workMs <= QUIET_MS ? quiet + 1 : 0;
    if (pause-- > 0) return;
    const isQuiet = quiet >= QUIET_PERIODS;
    if (!isQuiet && workMs === 0) return;
    void sessions.exclusively(async () => {
      if (!sessions.isAtRest()) return;
      try {
        const statement = await asOwner(db, () => runDueStatement(db, isQuiet));
        pause = isQuiet && !statement ? REST_PERIODS : 0;
      } catch (error) {
        pause = PAUSE_PERIODS;
        log(`The upkeep of the embedded database failed: ${(error as Error).message}`);
      }
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

async function runDueStatement(db: PGlite, isQuiet: boolean): Promise<string | undefined> {
  const { rows } = await db.query<{ statement: string }>(
    isQuiet ? [CHECKPOINT_DUE, STATISTICS_DUE, VACUUM_DUE].join(' UNION ALL ') : CHECKPOINT_DUE,
  );
  const statement = rows[0]?.statement;
  if (statement) await db.exec(statement);
  return statement;
}

const CHECKPOINT_DUE = `
  SELECT 'CHECKPOINT' AS statement
  FROM pg_catalog.pg_control_checkpoint()
  WHERE pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), redo_lsn) > ${MOST_WAL_BYTES}`;

// Statistics of shapes that are gone can end a later plan with "invalid function selectivity"; without them PostGIS
// estimates by default, and uses its indexes.
const STATISTICS_DUE = `
  SELECT pg_catalog.string_agg(pg_catalog.format(
    'ALTER %s %s ALTER COLUMN %s SET STATISTICS 0; DELETE FROM pg_catalog.pg_statistic WHERE starelid = %s AND staattnum = %s',
    CASE c.relkind WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, a.attrelid::pg_catalog.regclass,
    CASE c.relkind WHEN 'i' THEN a.attnum::text ELSE pg_catalog.quote_ident(a.attname) END,
    a.attrelid::pg_catalog.oid, a.attnum), '; ')
  FROM pg_catalog.pg_attribute AS a
  JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
  WHERE coalesce(a.attstattarget, -1) <> 0 AND a.attnum > 0 AND NOT a.attisdropped
    AND (c.relkind = 'r' AND t.typname IN ('geometry', 'geography')
      OR c.relkind = 'i' AND i.indkey[a.attnum - 1] = 0 AND t.typname IN ('geometry', 'geography', 'box2df', 'gidx'))
  HAVING pg_catalog.count(*) > 0`;

// The thresholds of autovacuum. One table at a time: clients wait meanwhile.
const VACUUM_DUE = `
  (SELECT pg_catalog.format('%s %I.%I',
    CASE WHEN n_dead_tup > 50 + 0.2 * n_live_tup THEN 'VACUUM (ANALYZE)' ELSE 'ANALYZE' END, schemaname, relname)
  FROM pg_catalog.pg_stat_user_tables
  WHERE (n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup)
    AND NOT pg_catalog.starts_with(schemaname, 'pg_temp')
  LIMIT 1)`;
