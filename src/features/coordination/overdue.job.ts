import type { Logger } from 'pino';
import { type Job, startJob, warnOnce } from '../../jobs/recurring.job.ts';
import type { OverdueStore } from './overdue.store.ts';

const EVERY_MS = 5000;

/** Alerts every few seconds of what nobody has acknowledged in time. Several processes share the work. */
export function startWatching({ fire }: OverdueStore, logger: Logger): Job {
  const watching = warnOnce((err) => logger.warn({ err }, 'nobody could be alerted of what is overdue'));
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fire());
      watching.wentWell();
    },
    warn: watching.failed,
  });
}
