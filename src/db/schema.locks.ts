import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';

const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 30;
const PAUSE_MS = 1000;
// Twin: tripoint.lock_number('migration') in schema/core/lock_number.function.sql, compared by test/database/locks.test.ts.
export const MIGRATION_LOCK = 7_462_300;

/**
 * Runs the work in one transaction with a lock_timeout of 2 s, so that readers do not queue behind it, and retries while
 * another session holds a lock.
 */
export async function withoutLocks(
  knex: Knex,
  log: (sentence: string) => void,
  work: (trx: Knex.Transaction) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await knex.transaction(async (trx) => {
        await trx.raw(`SET LOCAL lock_timeout = '2s'`);
        await trx.raw(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        await work(trx);
      });
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempt === ATTEMPTS) throw error;
      log(`The schema cannot be changed yet: ${await holders(knex)}. Trying again.`);
      await wait(PAUSE_MS);
    }
  }
}

async function holders(knex: Knex): Promise<string> {
  const { rows } = await knex.raw(`
    SELECT DISTINCT format('process %s (%s, %s for %s s)', a.pid, coalesce(nullif(a.application_name, ''), 'no name'),
      a.state, extract(epoch FROM now() - a.xact_start)::int) AS holder
    FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
    LEFT JOIN pg_class AS c ON c.oid = l.relation AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    WHERE l.granted AND l.pid <> pg_backend_pid() AND a.xact_start < now() - interval '1 second'
      AND (c.relnamespace IN ('base'::regnamespace, 'tripoint'::regnamespace) OR (l.locktype = 'advisory' AND l.objid = ${MIGRATION_LOCK}))
    ORDER BY 1`);
  const names = rows.map(({ holder }: { holder: string }) => holder);
  return names.length > 0 ? `${names.join(', ')} holds a lock` : 'another session held a lock';
}
