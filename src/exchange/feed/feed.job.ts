import type { Logger } from 'pino';
import { type Job, startJob, warnOnce } from '../../jobs/recurring.job.ts';
import type { FeedUpkeep } from './feed.upkeep.store.ts';

const TIME_EVERY_MS = 1000;
const PURGE_EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // those who wait for the start come first

/** Tells every second what time has changed, and forgets every hour what is older than is kept. */
export function startFeeding(upkeep: FeedUpkeep, keptDays: number, logger: Logger): Job {
  const telling = warnOnce((err) => logger.warn({ err }, 'the feed of changes could not be told the time'));
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
        if (purged > 0) logger.info({ purged }, 'forgot changes that are no longer kept');
      },
      warn: (err) => logger.warn({ err }, 'changes that are no longer kept could not be forgotten'),
    }),
  ];
  return {
    async stop() {
      for (const job of jobs) await job.stop();
    },
  };
}
