import type { Logger } from 'pino';
import { type Job, startJob, warnOnce } from '../../jobs/recurring.job.ts';
import type { OverdueStore } from './overdue.store.ts';

const EVERY_MS = 5000;

/** Every few seconds: raises alerts for incidents without acknowledgement in time. Several processes share the work. */
export function startOverdueWatch({ fire }: OverdueStore, logger: Logger): Job {
  const watching = warnOnce((err) => logger.warn({ err }, 'overdue check failed'));
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fire());
      watching.wentWell();
    },
    warn: watching.failed,
  });
}
