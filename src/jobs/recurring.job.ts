import type { Logger } from 'pino';
import { type JobHealth, type JobReport, watchJobs } from './job.health.ts';

export interface Job {
  /** Waits for the running pass. */
  stop(): Promise<void>;
}

/** Work that goes on until it is stopped. */
export interface JobSpec {
  /** A word for operators, such as `sealing`. */
  name: string;
  /** The database role that its statements need. */
  role?: string;
  start(logger: Logger, report: JobReport): Job;
}

export interface RunningJobs extends Job, Pick<JobHealth, 'faults'> {}

export interface JobsSettings {
  logger: Logger;
  /** Rejects if the jobs may not act as this database role. */
  tryRole?: (role: string) => Promise<unknown>;
}

/** Starts the jobs, and says which of them may not run. */
export function startJobs(specs: readonly JobSpec[], { logger, tryRole }: JobsSettings): RunningJobs {
  const health = watchJobs(logger);
  const jobs = specs.map(({ name, role, start }) => start(logger, health.reportOf(name, role)));
  const tried = tryRole && tryRoles(specs, tryRole, health);
  return {
    faults: health.faults,
    async stop() {
      await tried;
      for (const job of jobs) await job.stop();
    },
  };
}

/** An hourly job would find out late. Other failures are left to the passes of the jobs. */
async function tryRoles(
  specs: readonly JobSpec[],
  tryRole: (role: string) => Promise<unknown>,
  { reportOf, isForbidden }: JobHealth,
): Promise<void> {
  for (const role of new Set(specs.flatMap((spec) => spec.role ?? []))) {
    await tryRole(role).catch((error) => {
      if (!isForbidden(error)) return;
      for (const { name } of specs.filter((spec) => spec.role === role)) reportOf(name, role).failed(error);
    });
  }
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
