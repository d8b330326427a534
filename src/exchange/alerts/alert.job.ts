import type { JobReport } from '../../jobs/job.health.ts';
import type { Job } from '../../jobs/recurring.job.ts';
import { workLoop } from '../../jobs/work.loop.ts';
import type { AlertEvaluation } from './alert.evaluation.store.ts';
import type { SlowEvaluation } from './slow.evaluation.store.ts';

/** Pause for a pass, as a multiple of its duration, so that writers and readers get their share. */
const REST = 2;
const SHORTEST_REST_MS = 5;
const LONGEST_REST_MS = 1000;
/** Pauses that the passes may put off: a long one, or a short burst of writes, delays no alert of the next write. */
const CREDIT_MS = 1000;
/** Fallback poll, in case a change notification is lost. */
const BEAT_MS = 1000;
/** How often an idle process makes its plans again: statistics change, and a server may have restarted. */
const PREPARE_EVERY_MS = 10_000;

/** Raises alerts as soon as incidents are written, by any process. */
export function startAlertEvaluation(
  evaluation: AlertEvaluation,
  changes: { onChange(listener: () => void): () => void },
  report: JobReport,
): Job {
  let preparedMs = Number.NEGATIVE_INFINITY;

  async function pass(): Promise<void> {
    try {
      const told = await evaluation.pass();
      // the queue may have more rows, or another process is evaluating and has not seen the newest
      if (told !== 0) loop.wake();
      else if (performance.now() - preparedMs >= PREPARE_EVERY_MS) await prepare();
      report.wentWell();
    } catch (err) {
      report.failed(err);
    }
  }

  function prepare(): Promise<void> {
    preparedMs = performance.now();
    return evaluation.prepare();
  }

  const loop = workLoop(pass, restsOf(CREDIT_MS));
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

/**
 * The pause after each pass. A pass owes a multiple of its duration, which all time between passes pays: over some seconds
 * passes take at most their share, however long one of them is.
 */
export function restsOf(creditMs: number, now: () => number = () => performance.now()) {
  let owedMs = 0;
  let endedMs = now();
  return (tookMs: number): number => {
    const pausedMs = now() - endedMs - tookMs;
    endedMs = now();
    owedMs = Math.min(Math.max(0, owedMs - pausedMs) + REST * tookMs, creditMs + LONGEST_REST_MS);
    return Math.max(SHORTEST_REST_MS, owedMs - creditMs);
  };
}

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

  const loop = workLoop(pass, restsOf(0));
  const beat = setInterval(loop.wake, BEAT_MS).unref();
  return {
    async stop() {
      clearInterval(beat);
      await loop.stop();
    },
  };
}
