import type { Logger } from 'pino';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import { type PurgeStore, purgeAll } from './purge.store.ts';
import type { RetentionRule } from './retention.rules.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // those who wait for the start come first

/** Deletes every hour what has outlived its retention. Several processes may do it at once. */
export function startPurging(store: PurgeStore, rules: readonly RetentionRule[], logger: Logger): Job {
  return startJob({
    everyMs: EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await purgeAll(store, rules);
      if (purged > 0) logger.info({ purged }, 'purged incidents whose retention is over');
    },
    warn: (err) => logger.warn({ err }, 'incidents could not be purged'),
  });
}
