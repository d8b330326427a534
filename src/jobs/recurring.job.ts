import type { JobReport } from './job.health.ts';

export interface Job {
  /** Waits for the running pass. */
  stop(): Promise<void>;
}

export interface JobOptions {
  pass: () => Promise<unknown>;
  everyMs: number;
  /** Delay of the first pass; default: none. */
  firstAfterMs?: number;
  report: JobReport;
}

const RETRY_MS = 15_000;

/** Runs passes at an interval, never concurrently. A failed pass is repeated soon. */
export function startJob({ pass, everyMs, firstAfterMs = 0, report }: JobOptions): Job {
  let passing: Promise<void> | undefined;
  let next: NodeJS.Timeout | undefined;
  const start = () => {
    passing ??= pass()
      .then(report.wentWell, (error) => {
        report.failed(error);
        if (everyMs > RETRY_MS) next = setTimeout(start, RETRY_MS).unref();
      })
      .finally(() => {
        passing = undefined;
      });
  };
  const timer = setInterval(start, everyMs).unref();
  next = setTimeout(start, firstAfterMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      clearTimeout(next);
      await passing;
      clearTimeout(next);
    },
  };
}
