import type { Logger } from 'pino';
import { isRefusal, type JobHealth, type JobReport, watchJobs } from './job.health.ts';
import { type Job, startJob } from './recurring.job.ts';

/** Work that goes on until it is stopped. */
export interface JobSpec {
  /** A word for operators, such as `sealing`. */
  name: string;
  /** The database role that its statements need. */
  role?: string;
  /** Whether each process of the service runs it. Default: the first one alone. */
  isEverywhere?: true;
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
  if (tryRole) jobs.push(startTrying(specs, tryRole, health));
  return {
    faults: health.faults,
    async stop() {
      for (const job of jobs) await job.stop();
    },
  };
}

const TRY_EVERY_MS = 5000;

/** Tries each role once, and a refused one again and again: an hourly job would find out late. */
function startTrying(
  specs: readonly JobSpec[],
  tryRole: (role: string) => Promise<unknown>,
  health: JobHealth,
): Job {
  const rolesOf = (some: readonly JobSpec[]) => new Set(some.flatMap(({ role }) => role ?? []));
  let roles = rolesOf(specs);
  return startJob({
    everyMs: TRY_EVERY_MS,
    async pass() {
      for (const role of roles) {
        const ofRole = specs.filter((spec) => spec.role === role);
        await tryRole(role).then(
          () => allow(ofRole, health),
          (error) => forbid(ofRole, health, error),
        );
      }
      roles = rolesOf(specs.filter(({ name }) => health.isForbidden(name)));
    },
    report: { failed() {}, wentWell() {} },
  });
}

function allow(specs: readonly JobSpec[], { isForbidden, reportOf }: JobHealth): void {
  for (const { name, role } of specs) if (isForbidden(name)) reportOf(name, role).wentWell();
}

/** Other failures are left to the passes of the jobs. */
function forbid(specs: readonly JobSpec[], { reportOf }: JobHealth, error: unknown): void {
  if (!isRefusal(error)) return;
  for (const { name, role } of specs) reportOf(name, role).failed(error);
}
