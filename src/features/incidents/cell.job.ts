import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { CellStore } from './cell.store.ts';

const EVERY_MS = 2000;

/** Folds cell deltas into sums, so that readers have few deltas to add. One process at a time. */
export function startCellFolding({ fold }: CellStore, report: JobReport): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fold());
    },
    report,
  });
}
