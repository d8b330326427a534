import { setTimeout as sleep } from 'node:timers/promises';

export interface WorkLoop {
  wake(): void;
  /** Waits for the pass that is under way. */
  stop(): Promise<void>;
}

/** A pass for each time that it is woken; however often that is while one is under way, one more follows it. */
export function workLoop(pass: () => Promise<void>, breathMs: number): WorkLoop {
  let isOver = false;
  let isWanted = false;
  let passing: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (isWanted && !isOver) {
      isWanted = false;
      await pass();
      await sleep(breathMs);
    }
    passing = undefined;
  }

  return {
    wake() {
      isWanted = true;
      if (!isOver) passing ??= run();
    },
    async stop() {
      isOver = true;
      await passing;
    },
  };
}
