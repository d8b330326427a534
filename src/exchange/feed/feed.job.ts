import type { Logger } from 'pino';
import { type Job, startJob, warnOnce } from '../../jobs/recurring.job.ts';
import type { FeedUpkeep } from './feed.upkeep.store.ts';

const TIME_EVERY_MS = 1000;
const PURGE_EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/** Every second: writes the changes caused by time. Hourly: deletes expired changes. */
export function startFeedUpkeep(upkeep: FeedUpkeep, keptDays: number, logger: Logger): Job {
  const telling = warnOnce((err) => logger.warn({ err }, 'writing the changes caused by time failed'));
  const jobs = [
    startJob({
      everyMs: TIME_EVERY_MS,
      async pass() {
        await upkeep.tellTime();
        telling.wentWell();
      },
      warn: telling.failed,
    }),
    startJob({
      everyMs: PURGE_EVERY_MS,
      firstAfterMs: FIRST_AFTER_MS,
      async pass() {
        const purged = await upkeep.purge(keptDays);
        if (purged > 0) logger.info({ purged }, 'deleted expired changes');
      },
      warn: (err) => logger.warn({ err }, 'deleting expired changes failed'),
    }),
  ];
  return {
    async stop() {
      for (const job of jobs) await job.stop();
    },
  };
}
