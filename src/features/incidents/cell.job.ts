import type { Logger } from 'pino';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import type { CellStore } from './cell.store.ts';

const EVERY_MS = 2000;

/** Keeps short what readers of cells add to the sums. Of several processes one does it at a time. */
export function startFolding({ fold }: CellStore, logger: Logger): Job {
  return startJob({
    everyMs: EVERY_MS,
    async pass() {
      while (await fold());
    },
    warn: (err) => logger.warn({ err }, 'counts of cells could not be folded'),
  });
}
