import type { Logger } from 'pino';
import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { AlertUpkeep } from './alert.upkeep.store.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/** Hourly: deletes expired alerts. */
export const startAlertPurge = (
  upkeep: AlertUpkeep,
  keptDays: number,
  logger: Logger,
  report: JobReport,
): Job =>
  startJob({
    everyMs: EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await upkeep.purge(keptDays);
      if (purged > 0) logger.info({ purged }, 'deleted expired alerts');
    },
    report,
  });
