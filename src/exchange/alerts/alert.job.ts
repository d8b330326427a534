import type { Logger } from 'pino';
import { type Job, warnOnce } from '../../jobs/recurring.job.ts';
import { workLoop } from '../../jobs/work.loop.ts';
import type { AlertEvaluation } from './alert.evaluation.store.ts';

/** Between two passes twice what the last one took: the rest of the time is for those who write and read. */
const REST = 2;
const SHORTEST_REST_MS = 5;
const LONGEST_REST_MS = 1000;
/** Should a word of a change be lost. */
const BEAT_MS = 1000;

/** Tells agencies of incidents as soon as they are written, by whichever process. */
export function startAlerting(
  evaluation: AlertEvaluation,
  changes: { onChange(listener: () => void): () => void },
  logger: Pick<Logger, 'warn'>,
): Job {
  const telling = warnOnce((err) => logger.warn({ err }, 'agencies could not be told of incidents'));

  async function pass(): Promise<void> {
    try {
      const told = await evaluation.pass();
      // there may be more, or another process is at it and does not know of the newest
      if (told !== 0) loop.wake();
      telling.wentWell();
    } catch (err) {
      telling.failed(err);
    }
  }

  const loop = workLoop(pass, (tookMs) =>
    Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, REST * tookMs)),
  );
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
