export interface Job {
  /** Waits for the pass that is under way. */
  stop(): Promise<void>;
}

export interface JobOptions {
  pass: () => Promise<unknown>;
  everyMs: number;
  /** Told what went wrong; the next pass tries again. */
  warn: (error: unknown) => void;
}

/** Does something at once and then again and again, never twice at the same time. */
export function startJob({ pass, everyMs, warn }: JobOptions): Job {
  let passing: Promise<void> | undefined;
  const start = () => {
    passing ??= pass()
      .then(() => {}, warn)
      .finally(() => {
        passing = undefined;
      });
  };
  const timer = setInterval(start, everyMs);
  timer.unref();
  start();
  return {
    async stop() {
      clearInterval(timer);
      await passing;
    },
  };
}
