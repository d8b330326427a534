import type { Logger } from 'pino';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { AlertUpkeep } from './alert.upkeep.store.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // those who wait for the start come first

/** Forgets every hour what agencies were told longer ago than is kept. */
export const startForgettingAlerts = (upkeep: AlertUpkeep, keptDays: number, logger: Logger): Job =>
  startJob({
    everyMs: EVERY_MS,
    firstAfterMs: FIRST_AFTER_MS,
    async pass() {
      const purged = await upkeep.purge(keptDays);
      if (purged > 0) logger.info({ purged }, 'forgot alerts that are no longer kept');
    },
    warn: (err) => logger.warn({ err }, 'alerts that are no longer kept could not be forgotten'),
  });
