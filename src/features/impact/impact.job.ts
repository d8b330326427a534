import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { ReactionStore } from './reaction.store.ts';

const EVERY_MS = 5000;

/** Every few seconds: ends critical levels whose days are over, and notes overdue reactions. Several processes share the work. */
export function startImpactWatch({ watch }: Pick<ReactionStore, 'watch'>, report: JobReport): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await watch());
    },
    report,
  });
}
