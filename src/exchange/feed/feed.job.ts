import type { Logger } from 'pino';
import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import { watchForLoss } from './feed.loss.ts';
import { purgeInSteps } from './feed.purge.ts';
import type { FeedUpkeep } from './feed.upkeep.store.ts';

const TIME_EVERY_MS = 1000;
const PURGE_EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/**
 * Every second: writes the changes caused by time, and looks whether the feed has lost some. Begins the feed before, at the start and after each restart of the
 * server.
 */
export function startFeedClock(upkeep: FeedUpkeep, logger: Logger, report: JobReport): Job {
  const watch = watchForLoss(upkeep, logger);
  let known: string | undefined;
  async function beginOnce(): Promise<void> {
    const start = await upkeep.serverStart();
    if (start === known) return;
    if (await upkeep.begin()) logger.info('the feed begins: no cursor from before is valid');
    known = start;
  }
  return startJob({
    everyMs: TIME_EVERY_MS,
    async pass() {
      await beginOnce();
      await watch();
      await upkeep.tellTime();
    },
    report,
  });
}

/** Hourly: deletes expired changes. */
export function startChangePurge(
  upkeep: FeedUpkeep,
  keptDays: number,
  logger: Logger,
  report: JobReport,
): Job {
  const ending = new AbortController();
  const purge = (most: number) => upkeep.purge(keptDays, most);
  const job = startJob({
    everyMs: PURGE_EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await purgeInSteps({ purge, ending: ending.signal });
      if (purged > 0) logger.info({ purged }, 'deleted expired changes');
    },
    report,
  });
  return {
    stop() {
      ending.abort();
      return job.stop();
    },
  };
}
