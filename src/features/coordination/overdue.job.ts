import type { Logger } from 'pino';
import { type Job, startJob } from '../../recurring.job.ts';
import type { OverdueStore } from './overdue.store.ts';

const EVERY_MS = 5000;

/** Alerts every few seconds of what nobody has acknowledged in time. Several processes share the work. */
export function startWatching({ fire }: OverdueStore, logger: Logger): Job {
  // once, not every time while the database is away
  let isSilent = false;
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fire());
      isSilent = false;
    },
    warn(err) {
      if (!isSilent) logger.warn({ err }, 'nobody could be alerted of what is overdue');
      isSilent = true;
    },
  });
}
