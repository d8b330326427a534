import type { Logger } from 'pino';

export interface Job {
  /** Waits for the running pass. */
  stop(): Promise<void>;
}

/** Starts what goes on until it is stopped. */
export type StartJob = (logger: Logger) => Job;

export function startJobs(starts: readonly StartJob[], logger: Logger): Job {
  const jobs = starts.map((start) => start(logger));
  return {
    async stop() {
      for (const job of jobs) await job.stop();
    },
  };
}

export interface JobOptions {
  pass: () => Promise<unknown>;
  everyMs: number;
  /** Delay of the first pass; default: none. */
  firstAfterMs?: number;
  /** Called with the error; the next pass tries again. */
  warn: (error: unknown) => void;
}

/** Runs passes at an interval, never concurrently. */
export function startJob({ pass, everyMs, firstAfterMs = 0, warn }: JobOptions): Job {
  let passing: Promise<void> | undefined;
  const start = () => {
    passing ??= pass()
      .then(() => {}, warn)
      .finally(() => {
        passing = undefined;
      });
  };
  const timer = setInterval(start, everyMs).unref();
  const first = setTimeout(start, firstAfterMs).unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(timer);
      await passing;
    },
  };
}

/** Logs a repeated failure once, and again only after a success. */
export function warnOnce(warn: (error: unknown) => void) {
  let isSilent = false;
  return {
    failed(error: unknown): void {
      if (!isSilent) warn(error);
      isSilent = true;
    },
    wentWell(): void {
      isSilent = false;
    },
  };
}
