import { setTimeout as sleep } from 'node:timers/promises';

interface PurgeSource {
  /** Deletes the oldest expired rows, at most so many, in a transaction of its own; returns their number. */
  purge: (most: number) => Promise<number>;
  ending: AbortSignal;
}

const STEP = { first: 500, most: 4000 }; // rows
const AIM_MS = 40; // a step holds the feed back as long as it runs
const PASS_MS = 30 * 60_000; // the rest waits for the next pass

/** Deletes all expired rows in short steps, with a rest as long as the step before. Returns their number. */
export async function purgeInSteps({ purge, ending }: PurgeSource): Promise<number> {
  const endMs = performance.now() + PASS_MS;
  let most = STEP.first;
  let all = 0;
  while (!ending.aborted && performance.now() < endMs) {
    const startedMs = performance.now();
    const purged = await purge(most);
    const tookMs = performance.now() - startedMs;
    all += purged;
    if (purged < most) break;
    most = nextStep(most, tookMs);
    await sleep(tookMs, undefined, { signal: ending }).catch(() => {});
  }
  return all;
}

/** As many rows as take the aimed time; at most twice as many as before. */
const nextStep = (most: number, tookMs: number): number =>
  Math.max(1, Math.min(STEP.most, 2 * most, Math.round((most * AIM_MS) / tookMs)));
