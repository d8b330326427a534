import type { JobReport } from '../../jobs/job.health.ts';
import type { Job } from '../../jobs/recurring.job.ts';
import { workLoop } from '../../jobs/work.loop.ts';
import type { AlertEvaluation } from './alert.evaluation.store.ts';
import type { SlowEvaluation } from './slow.evaluation.store.ts';

/** Pause between passes, as a multiple of the last one's duration, so that writers and readers get their share. */
const REST = 2;
const SHORTEST_REST_MS = 5;
const LONGEST_REST_MS = 1000;
/** Fallback poll, in case a change notification is lost. */
const BEAT_MS = 1000;

/** Raises alerts as soon as incidents are written, by any process. */
export function startAlertEvaluation(
  evaluation: AlertEvaluation,
  changes: { onChange(listener: () => void): () => void },
  report: JobReport,
): Job {
  async function pass(): Promise<void> {
    try {
      const told = await evaluation.pass();
      // the queue may have more rows, or another process is evaluating and has not seen the newest
      if (told !== 0) loop.wake();
      report.wentWell();
    } catch (err) {
      report.failed(err);
    }
  }

  const loop = workLoop(pass, restAfter);
  const forget = changes.onChange(loop.wake);
  const beat = setInterval(loop.wake, BEAT_MS).unref();
  loop.wake();
  return {
    async stop() {
      forget();
      clearInterval(beat);
      await loop.stop();
    },
  };
}

const restAfter = (tookMs: number): number =>
  Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, REST * tookMs));

/** Evaluates the filters of slow agencies, with pauses of their own: nobody else waits for them. */
export function startSlowEvaluation(evaluation: SlowEvaluation, report: JobReport): Job {
  async function pass(): Promise<void> {
    try {
      if ((await evaluation.pass()) > 0) loop.wake();
      report.wentWell();
    } catch (err) {
      report.failed(err);
    }
  }

  const loop = workLoop(pass, restAfter);
  const beat = setInterval(loop.wake, BEAT_MS).unref();
  return {
    async stop() {
      clearInterval(beat);
      await loop.stop();
    },
  };
}
