import { setTimeout as sleep } from 'node:timers/promises';

export interface WorkLoop {
  wake(): void;
  /** Waits for the pass that is under way. */
  stop(): Promise<void>;
}

/**
 * A pass for each time that it is woken; however often that is while one is under way, one more follows it. `restMs` lie
 * between two of them, by how long the first has taken.
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
