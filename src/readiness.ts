import type { Logger } from 'pino';
import type { Unreadiness } from './core/unreadiness.ts';
import type { Figure } from './http/request.metrics.ts';
import type { JobFault } from './jobs/job.health.ts';

export interface ReadinessSettings {
  /** Why the database cannot serve. */
  databaseFaults: Readiness;
  /** Of all processes. */
  jobFaults: () => Promise<readonly JobFault[]>;
  /** Of those with a reason: seconds, compared with `mostLagSeconds`. */
  figures: readonly Figure[];
  mostLagSeconds: number;
  logger: Pick<Logger, 'warn' | 'info'>;
  now?: () => number;
}

export type Readiness = () => Promise<readonly Unreadiness[]>;

const KEPT_MS = 1000;
const FAILS_FOR_MS = 60_000;

/** Why the service is not ready, asked at most once a second; a change is logged. */
export function readinessOf(settings: ReadinessSettings): Readiness {
  const { now = Date.now, logger } = settings;
  let answer: Promise<readonly Unreadiness[]> | undefined;
  let askedMs = 0;
  let said = '';

  async function ask(): Promise<readonly Unreadiness[]> {
    const faults = await allFaults(settings, now());
    const reasons = faults.map(({ reason }) => reason).join(', ');
    if (reasons !== said) {
      if (reasons) logger.warn({ faults }, `not ready: ${reasons}`);
      else logger.info('ready again');
    }
    said = reasons;
    return faults;
  }

  return () => {
    if (!answer || now() - askedMs >= KEPT_MS) {
      askedMs = now();
      answer = ask();
    }
    return answer;
  };
}

async function allFaults(
  { databaseFaults, jobFaults, figures, mostLagSeconds }: ReadinessSettings,
  nowMs: number,
): Promise<Unreadiness[]> {
  const faults = [...(await databaseFaults())];
  if (faults.some(({ reason }) => reason === 'unreachable' || reason === 'schema')) return faults;
  const lags = figures.map((figure) => lagFault(figure, mostLagSeconds));
  return [...faults, ...lasting(await jobFaults(), nowMs), ...(await Promise.all(lags)).flat()];
}

function lasting(faults: readonly JobFault[], nowMs: number): Unreadiness[] {
  return faults
    .filter(({ isForbidden, sinceMs }) => isForbidden || nowMs - sinceMs >= FAILS_FOR_MS)
    .map(({ job, isForbidden, sinceMs, reason }) => ({
      reason: 'jobs',
      detail: isForbidden
        ? reason
        : `The job ${job} has failed since ${new Date(sinceMs).toISOString()}: ${reason}`,
    }));
}

async function lagFault({ reason, name, read }: Figure, mostSeconds: number): Promise<Unreadiness[]> {
  if (reason === undefined) return [];
  try {
    const seconds = await read();
    const detail = `${name} is ${Math.round(seconds)}, above READY_LAG_SECONDS=${mostSeconds}.`;
    return seconds > mostSeconds ? [{ reason, detail }] : [];
  } catch (error) {
    return [{ reason: 'unreachable', detail: (error as Error).message }];
  }
}
