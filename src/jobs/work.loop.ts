import { setTimeout as sleep } from 'node:timers/promises';

export interface WorkLoop {
  wake(): void;
  /** Waits for the running pass. */
  stop(): Promise<void>;
}

/**
 * Runs a pass per wake-up; any number of wake-ups during a pass cause one more. `restMs` is the pause between two passes,
 * given the duration of the first.
 */
export function workLoop(pass: () => Promise<void>, restMs: (tookMs: number) => number): WorkLoop {
  const ending = new AbortController();
  let isWanted = false;
  let passing: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (isWanted && !ending.signal.aborted) {
      isWanted = false;
      const startedMs = performance.now();
      await pass();
      const rest = restMs(performance.now() - startedMs);
      await sleep(rest, undefined, { signal: ending.signal }).catch(() => {});
    }
    passing = undefined;
  }

  return {
    wake() {
      isWanted = true;
      if (!ending.signal.aborted) passing ??= run();
    },
    async stop() {
      ending.abort();
      await passing;
    },
  };
}
