import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { DoubleStore } from './double.store.ts';

const EVERY_MS = 2000;

/** Links incidents of two countries that are probably one event, soon after they are written. One process at a time. */
export function startDoubleLinking({ link }: DoubleStore, report: JobReport): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await link());
    },
    report,
  });
}
