import type { JobReport } from '../jobs/job.health.ts';
import { type Job, startJob } from '../jobs/recurring.job.ts';

export interface SealerOptions {
  /** Chains some entries; true: there are more. */
  seal: () => Promise<boolean>;
  report: JobReport;
  everyMs?: number;
}

const EVERY_MS = 500;

/** Seals the audit log continuously, and the remaining entries at its stop. One process at a time. */
export function startSealer({ seal, report, everyMs = EVERY_MS }: SealerOptions): Job {
  const pass = async () => {
    while (await seal());
  };
  const job = startJob({ pass, everyMs, firstAfterMs: everyMs, report });
  return {
    async stop() {
      await job.stop();
      // an unreachable database comes back: its entries wait there
      await pass().catch(report.failed);
    },
  };
}
