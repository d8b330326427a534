const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const LEAST_REST_MS = 100;

/**
 * Many requests at once are one run of the work, which begins `afterMs` after the first request and again when more came
 * while it ran. Between two runs it rests at least as long as the last one took: a flood of changes must not stop the page.
 */
export function together(work: () => Promise<unknown>, afterMs = 0): () => void {
  let isAsked = false;
  let isRunning = false;
  async function run(): Promise<void> {
    isRunning = true;
    try {
      if (afterMs > 0) await sleep(afterMs);
      while (isAsked) {
        isAsked = false;
        const startedMs = performance.now();
        await work();
        await sleep(Math.max(LEAST_REST_MS, afterMs, performance.now() - startedMs));
      }
    } finally {
      isRunning = false;
    }
  }
  return () => {
    isAsked = true;
    if (!isRunning) void run();
  };
}
