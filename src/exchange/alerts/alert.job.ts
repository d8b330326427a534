import type { Logger } from 'pino';
import type { Job } from '../../recurring.job.ts';
import type { AlertEvaluation } from './alert.evaluation.store.ts';

/** Between two passes twice what the last one took: the rest of the time is for those who write and read. */
const REST = 2;
const SHORTEST_GAP_MS = 5;
const LONGEST_GAP_MS = 1000;
/** Should a word of a change be lost. */
const BEAT_MS = 1000;

/** Tells agencies of incidents as soon as they are written, by whichever process. */
export function startAlerting(
  evaluation: AlertEvaluation,
  changes: { onChange(listener: () => void): () => void },
  logger: Pick<Logger, 'warn'>,
): Job {
  let isEnded = false;
  let isSilent = false;
  let isWanted = false;
  let endedAt = 0;
  let gapMs = 0;
  let next: { at: number; timer: NodeJS.Timeout } | undefined;
  let passing: Promise<void> | undefined;

  async function pass(): Promise<void> {
    isWanted = false;
    try {
      const told = await evaluation.pass();
      // there may be more, or another process is at it and does not know of the newest
      if (told !== 0) isWanted = true;
      isSilent = false;
    } catch (err) {
      // once, not every second while the database is away
      if (!isSilent) logger.warn({ err }, 'agencies could not be told of incidents');
      isSilent = true;
    }
  }

  function start(): void {
    next = undefined;
    const startedAt = performance.now();
    passing = pass().finally(() => {
      passing = undefined;
      endedAt = performance.now();
      gapMs = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, REST * (endedAt - startedAt)));
      plan(isWanted ? gapMs : BEAT_MS);
    });
  }

  function plan(delayMs: number): void {
    const at = Math.max(performance.now(), endedAt + delayMs);
    if (isEnded || passing || (next && next.at <= at)) return;
    clearTimeout(next?.timer);
    next = { at, timer: setTimeout(start, at - performance.now()).unref() };
  }

  const forget = changes.onChange(() => {
    isWanted = true;
    plan(gapMs);
  });
  plan(0);
  return {
    async stop() {
      isEnded = true;
      forget();
      clearTimeout(next?.timer);
      await passing;
    },
  };
}
