import type { Logger } from 'pino';
import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { FeedUpkeep } from './feed.upkeep.store.ts';

const TIME_EVERY_MS = 1000;
const PURGE_EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/** Every second: writes the changes caused by time. */
export const startFeedClock = (upkeep: FeedUpkeep, report: JobReport): Job =>
  startJob({ everyMs: TIME_EVERY_MS, pass: () => upkeep.tellTime(), report });

/** Hourly: deletes expired changes. */
export const startChangePurge = (
  upkeep: FeedUpkeep,
  keptDays: number,
  logger: Logger,
  report: JobReport,
): Job =>
  startJob({
    everyMs: PURGE_EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await upkeep.purge(keptDays);
      if (purged > 0) logger.info({ purged }, 'deleted expired changes');
    },
    report,
  });
