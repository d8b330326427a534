import type { Batch } from '../../audit/audit.batch.ts';
import type { ReadLog } from '../../audit/read.log.ts';
import type { Caller } from '../../core/caller.ts';
import { message, textOf } from '../../core/catalogue.ts';
import { seenNothing, type Trace } from '../../core/trace.ts';
import { type Schedule, waitSeconds } from './delivery.schedule.ts';
import type { ClaimedDelivery, DeliveryStore, SettledDelivery } from './delivery.store.ts';
import { type PostResult, type PostSettings, postMessage } from './webhook.post.ts';

export interface SenderSettings {
  store: Pick<DeliveryStore, 'show'>;
  /** A delivery counts as a read by the agency. */
  reads: Pick<ReadLog, 'begin'>;
  results: Pick<Batch<SettledDelivery>, 'add'>;
  posting: PostSettings;
  schedule: Schedule;
  /** Duration of a lease; nothing new starts near its end. */
  leaseSeconds: number;
}

const FRESH_MS = 1000;

/** Sends the deliveries of one lane in sequence. The first failure stops it: order comes before speed. */
export async function sendLane(lane: readonly ClaimedDelivery[], settings: SenderSettings): Promise<void> {
  const { results, posting, leaseSeconds } = settings;
  const lastStartMs = Date.now() + leaseSeconds * 1000 - posting.timeoutMs - FRESH_MS;
  const view = viewOf(lane, settings);
  for (const [n, delivery] of lane.entries()) {
    const isOver = posting.ending?.aborted || Date.now() > lastStartMs;
    const result = isOver ? settledAs(delivery, 'released') : await sendOne(delivery, view, settings);
    const isBehind = result.outcome === 'delivered' || result.outcome === 'withdrawn';
    const rest = isBehind ? [] : lane.slice(n + 1).map((one) => settledAs(one, 'released'));
    await Promise.all([result, ...rest].map((one) => results.add(one)));
    if (!isBehind) return;
  }
}

type ShowAlert = (alert: string) => Promise<string | undefined>;

async function sendOne(
  delivery: ClaimedDelivery,
  view: ShowAlert,
  settings: SenderSettings,
): Promise<SettledDelivery> {
  const { delivery: id, url, secrets, alert } = delivery;
  const feature = alert === null ? undefined : await view(alert);
  if (alert !== null && feature === undefined) return settledAs(delivery, 'withdrawn');
  const body = feature === undefined ? resetBody(delivery) : bodyOf(feature);
  const posted = await postMessage({ id, url, secrets, body }, settings.posting);
  if (posted.error?.code === 'delivery-stopped') return settledAs(delivery, 'released');
  return {
    ...settledAs(delivery, outcomeOf(posted)),
    ...whatCame(delivery.attempt, posted, settings.schedule),
  };
}

function bodyOf(feature: string): string {
  const { trigger, at } = JSON.parse(feature).properties;
  const type = trigger === 'distress' ? 'distress' : 'alert';
  return `{"type":"${type}","timestamp":"${at}","data":${feature}}`;
}

const resetBody = ({ created_at }: ClaimedDelivery): string =>
  JSON.stringify({ type: 'reset', timestamp: created_at.toISOString(), data: {} });

const settledAs = (
  { webhook, delivery, attempt }: ClaimedDelivery,
  outcome: SettledDelivery['outcome'],
): SettledDelivery => ({
  webhook,
  delivery,
  attempt,
  outcome,
});

function outcomeOf({ status = 0 }: PostResult): SettledDelivery['outcome'] {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'failed';
}

const whatCame = (attempt: number, posted: PostResult, schedule: Schedule): Partial<SettledDelivery> => {
  const { at, durationMs, status = null, retryAfter } = posted;
  const error = posted.error ? textOf(posted.error) : null;
  return {
    entry: { at, durationMs, status, error },
    error: error ?? textOf(message('receiver-answered', { status: status! })),
    seconds: waitSeconds(attempt, retryAfter, schedule),
  };
};

/** The alerts of a lane as the agency sees them; read again when they are stale. */
function viewOf(lane: readonly ClaimedDelivery[], { store, reads }: SenderSettings): ShowAlert {
  let askedMs = 0;
  let features = new Map<string, string>();
  const ids = lane.flatMap(({ alert }) => alert ?? []);
  return async (alert) => {
    if (Date.now() - askedMs > FRESH_MS) {
      const caller = recipientOf(lane[0]!);
      askedMs = Date.now();
      features = await store.show(caller, ids);
      await reads.begin(caller);
    }
    return features.get(alert);
  };
}

/** The agency as a caller, like its own system. */
function recipientOf({ agency, country, webhook }: ClaimedDelivery): Caller {
  const trace: Trace = {
    operation: 'deliverAlerts',
    method: 'post',
    collection: 'alerts',
    target: undefined,
    requestId: webhook,
    purpose: 'webhook',
    filterHash: () => '',
    seen: seenNothing(),
    seenIn: new Set(),
    asked: new Set(),
    hasWritten: false,
    seenAfterWriting: seenNothing(),
  };
  return { agency, country, roles: [], trace };
}
