import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { TextStore } from './text.store.ts';

const EVERY_MS = 60_000;

/** Makes the kept texts of older incidents after an upgrade, so that pages need not. One process at a time. */
export function startTextRenewal({ renew }: TextStore, report: JobReport): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await renew());
    },
    report,
  });
}
