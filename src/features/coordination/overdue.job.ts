import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { OverdueStore } from './overdue.store.ts';

const EVERY_MS = 5000;

/** Every few seconds: raises alerts for incidents without acknowledgement in time. Several processes share the work. */
export function startOverdueWatch({ fire }: OverdueStore, report: JobReport): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fire());
    },
    report,
  });
}
