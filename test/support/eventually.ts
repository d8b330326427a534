import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 30_000;
const LONGEST_PAUSE_MS = 20;

/** Asks again and again until the answer is true; how long that takes says nothing of the service, only of the machine. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  withinMs = WITHIN_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = 1; !(await isSo()); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${isSo}`);
    await sleep(pauseMs);
  }
}

/** Waits until a moment has passed on the clock. */
export async function untilAfter(instant: string | number): Promise<void> {
  const at = new Date(instant).getTime();
  await eventually(() => Date.now() > at, at - Date.now() + WITHIN_MS);
}
