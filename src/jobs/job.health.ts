import type { Logger } from 'pino';

/** How a job reports its passes. */
export interface JobReport {
  failed(error: unknown): void;
  wentWell(): void;
}

/** A job whose passes fail. */
export interface JobFault {
  job: string;
  /** Whether its login may not act as its role. */
  isForbidden: boolean;
  sinceMs: number;
  reason: string;
}

export interface JobHealth {
  reportOf(job: string, role?: string): JobReport;
  /** The jobs whose last pass failed. */
  faults(): readonly JobFault[];
  /** Whether the last pass of a job was refused its role. */
  isForbidden(job: string): boolean;
}

const NOT_ALLOWED = '42501';
export const isRefusal = (error: unknown): boolean =>
  (error as { code?: string } | null)?.code === NOT_ALLOWED;

/** Knows which jobs fail, and logs a repeated failure once, and again only after a success. */
export function watchJobs(logger: Pick<Logger, 'warn' | 'info'>, now: () => number = Date.now): JobHealth {
  const faults = new Map<string, JobFault>();

  const reportOf = (job: string, role?: string): JobReport => ({
    failed(error) {
      const known = faults.get(job);
      const fault = {
        job,
        isForbidden: isRefusal(error),
        sinceMs: known?.sinceMs ?? now(),
        reason: isRefusal(error) && role ? missingRole(job, role) : (error as Error).message,
      };
      faults.set(job, fault);
      if (known?.isForbidden === fault.isForbidden) return;
      if (fault.isForbidden) logger.warn({ job, role }, fault.reason);
      else logger.warn({ job, err: error }, 'job failed');
    },
    wentWell() {
      if (faults.delete(job)) logger.info({ job }, 'job runs again');
    },
  });

  return {
    reportOf,
    faults: () => [...faults.values()],
    isForbidden: (job) => faults.get(job)?.isForbidden ?? false,
  };
}

const missingRole = (job: string, role: string): string =>
  `The job ${job} may not run: the login of DATABASE_JOBS_URL (default: DATABASE_URL) is not a member of ${role}. Run: tripoint roles`;
