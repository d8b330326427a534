import type { Logger } from 'pino';
import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import { type PurgeStore, purgeAll } from './purge.store.ts';
import type { RetentionRule } from './retention.rules.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/** Hourly: deletes incidents and requests past their retention. Several processes may run it at once. */
export function startIncidentPurge(
  store: PurgeStore,
  rules: readonly RetentionRule[],
  logger: Logger,
  report: JobReport,
): Job {
  return startJob({
    everyMs: EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await purgeAll(store, rules);
      if (purged > 0) logger.info({ purged }, 'purged incidents and requests past their retention');
    },
    report,
  });
}
