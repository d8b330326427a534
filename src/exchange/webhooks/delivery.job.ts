import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { batchOf } from '../../audit/audit.batch.ts';
import type { ReadLog } from '../../audit/read.log.ts';
import type { WorldReader } from '../../core/world.ts';
import type { JobReport } from '../../jobs/job.health.ts';
import { type Job, startJob } from '../../jobs/recurring.job.ts';
import { workLoop } from '../../jobs/work.loop.ts';
import { countOf, type DeliveryCounts } from './delivery.counts.ts';
import { SCHEDULE, type Schedule } from './delivery.schedule.ts';
import { type SenderSettings, sendLane } from './delivery.sender.ts';
import type { CircuitSettings, ClaimedDelivery, DeliveryStore, SettledDelivery } from './delivery.store.ts';
import type { TargetGuard } from './target.guard.ts';

export interface DeliverySettings {
  store: DeliveryStore;
  reads: Pick<ReadLog, 'begin'>;
  world: WorldReader;
  /** Calls the listener after each write. */
  changes: { onChange(listener: () => void): () => void };
  guard: TargetGuard;
  timeoutSeconds: number;
  logger: Logger;
  report: JobReport;
  counts: DeliveryCounts;
  /** Whether nothing may be sent: the database was restored, or perhaps. */
  isClosed: () => boolean;
  pace?: Partial<DeliveryPace>;
}

export interface DeliveryPace {
  schedule: Schedule;
  circuit: CircuitSettings;
  /** Added to the time limit of one request. */
  leaseSeconds: number;
  beatMs: number;
  /** Time for running deliveries to finish at shutdown. */
  graceMs: number;
}

const PACE: DeliveryPace = {
  schedule: SCHEDULE,
  circuit: { opensAfter: 5, opensForSeconds: 10, opensAtMostSeconds: 300 },
  leaseSeconds: 10,
  beatMs: 1000,
  graceMs: 5000,
};

// Concurrent lanes, in total and per webhook: a slow endpoint fills only its own share.
const MOST = 512;
const MOST_OF_ONE = 8;
const IN_A_ROW = 20;
const BREATH_MS = 25; // minimum interval between claims under any write load
const SWEEP_EVERY_MS = 60_000;

/** Delivers alerts to webhooks. Several processes share the work (docs/decisions/0022-webhooks.md). */
export function startDelivery(settings: DeliverySettings): Job {
  const pace = { ...PACE, ...settings.pace };
  const ending = new AbortController();
  const lanes = new Map<Promise<void>, string>();
  const sender = senderOf(settings, pace, ending.signal);
  const { failed, wentWell } = settings.report;

  async function pass(): Promise<void> {
    if (settings.isClosed()) return;
    for (const lane of await claimLanes(settings.store, sender.leaseSeconds, [...lanes.values()])) {
      const sending = sendLane(lane, sender).catch(failed);
      lanes.set(sending, lane[0]!.webhook);
      void sending.then(() => {
        lanes.delete(sending);
        loop.wake();
      });
    }
    wentWell();
  }

  const loop = workLoop(
    () => pass().catch(failed),
    () => BREATH_MS,
  );
  const silence = settings.changes.onChange(loop.wake);
  const beat = setInterval(loop.wake, pace.beatMs).unref();
  loop.wake();

  return {
    async stop() {
      silence();
      clearInterval(beat);
      await loop.stop();
      const patience = setTimeout(() => ending.abort(), pace.graceMs);
      await Promise.all(lanes.keys());
      clearTimeout(patience);
    },
  };
}

interface SweepSettings extends Pick<DeliverySettings, 'store' | 'logger' | 'report'> {
  keptDays: number;
}

/** Every minute: gives up old deliveries, and deletes settled ones past their retention. */
export const startDeliverySweep = ({ store, keptDays, logger, report }: SweepSettings): Job =>
  startJob({
    everyMs: SWEEP_EVERY_MS,
    async pass() {
      const died = await store.sweep(keptDays);
      if (died > 0) logger.warn({ died }, 'deliveries became dead letters after three days');
    },
    report,
  });

async function claimLanes(
  store: DeliveryStore,
  leaseSeconds: number,
  busy: readonly string[],
): Promise<ClaimedDelivery[][]> {
  const most = MOST - busy.length;
  if (most <= 0) return [];
  return lanesOf(await store.claim({ leaseSeconds, most, mostOfOne: MOST_OF_ONE, inARow: IN_A_ROW, busy }));
}

/** Results are written in batches; an unreachable database is retried until the lease ends. */
function senderOf(settings: DeliverySettings, pace: DeliveryPace, ending: AbortSignal): SenderSettings {
  const { store, reads, world, guard, timeoutSeconds, counts, logger } = settings;
  const write = async (results: readonly SettledDelivery[]) => {
    const dead = await again(() => store.settle(results, pace.circuit));
    countOf(counts, results, dead);
    if (dead > 0) logger.warn({ dead }, 'deliveries became dead letters');
  };
  return {
    store,
    reads,
    world,
    results: batchOf(write, 5),
    posting: { guard, timeoutMs: timeoutSeconds * 1000, ending },
    schedule: pace.schedule,
    leaseSeconds: pace.leaseSeconds + timeoutSeconds,
  };
}

const AGAIN_AFTER_MS = [200, 1000, 3000];

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (const waitMs of AGAIN_AFTER_MS) {
    try {
      return await work();
    } catch {
      await sleep(waitMs);
    }
  }
  return work();
}

/** Deliveries grouped by lane, in order. */
function lanesOf(claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] {
  const lanes = new Map<string, ClaimedDelivery[]>();
  for (const delivery of claimed) {
    const name = `${delivery.webhook} ${delivery.lane}`;
    const lane = lanes.get(name);
    if (lane) lane.push(delivery);
    else lanes.set(name, [delivery]);
  }
  return [...lanes.values()];
}
