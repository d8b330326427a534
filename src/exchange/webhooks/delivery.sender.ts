import type { Batch } from '../../audit/audit.batch.ts';
import type { ReadLog } from '../../audit/read.log.ts';
import type { Caller } from '../../core/caller.ts';
import { message, textOf } from '../../core/catalogue.ts';
import { seenNothing, type Trace } from '../../core/trace.ts';
import type { World, WorldReader } from '../../core/world.ts';
import { type Schedule, waitSeconds } from './delivery.schedule.ts';
import type { ClaimedDelivery, DeliveryStore, SettledDelivery } from './delivery.store.ts';
import { type PostResult, type PostSettings, postMessage } from './webhook.post.ts';

export interface SenderSettings {
  store: Pick<DeliveryStore, 'show'>;
  /** A delivery counts as a read by the agency. */
  reads: Pick<ReadLog, 'begin'>;
  world: WorldReader;
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

type ShowSubject = (delivery: ClaimedDelivery) => Promise<string | undefined>;

async function sendOne(
  delivery: ClaimedDelivery,
  view: ShowSubject,
  settings: SenderSettings,
): Promise<SettledDelivery> {
  const { delivery: id, url, secrets, collection } = delivery;
  const feature = collection === null ? undefined : await view(delivery);
  if (collection !== null && feature === undefined) return settledAs(delivery, 'withdrawn');
  const told = feature === undefined ? resetBody(delivery) : bodyOf(collection!, feature);
  const body = inWorld(await settings.world(), told);
  const posted = await postMessage({ id, url, secrets, body }, settings.posting);
  if (posted.error?.code === 'delivery-stopped') return settledAs(delivery, 'released');
  return {
    ...settledAs(delivery, outcomeOf(posted)),
    ...whatCame(delivery.attempt, posted, settings.schedule),
  };
}

const COORDINATION_TYPES: Record<string, string> = {
  requests: 'request',
  responses: 'response',
  acknowledgements: 'acknowledgement',
  assistance: 'assistance',
  'same-as': 'same-as',
  offers: 'offer',
  proposals: 'proposal',
  procedures: 'procedure',
  assessments: 'assessment',
  reactions: 'reaction',
};

function bodyOf(collection: string, feature: string): string {
  const { trigger, at, updatedAt } = JSON.parse(feature).properties;
  const type = COORDINATION_TYPES[collection] ?? (trigger === 'distress' ? 'distress' : 'alert');
  return `{"type":"${type}","timestamp":"${at ?? updatedAt}","data":${feature}}`;
}

const resetBody = ({ created_at }: ClaimedDelivery): string =>
  JSON.stringify({ type: 'reset', timestamp: created_at.toISOString(), data: {} });

/** Each message of an exercise names it. */
export const inWorld = ({ kind, id }: World, message: string): string =>
  kind === 'exercise' ? `${message.slice(0, -1)},"world":"${id}"}` : message;

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

/** The subjects of a lane as the agency sees them, a collection at a time; read again when they are stale. */
function viewOf(lane: readonly ClaimedDelivery[], { store, reads }: SenderSettings): ShowSubject {
  const shown = new Map<string, { askedMs: number; features: Map<string, string> }>();
  return async (delivery) => {
    const collection = delivery.collection!;
    let known = shown.get(collection);
    if (!known || Date.now() - known.askedMs > FRESH_MS) {
      const caller = recipientOf(delivery);
      const ids = lane.flatMap((one) => (one.collection === collection ? one.subject! : []));
      known = { askedMs: Date.now(), features: await store.show(caller, collection, [...new Set(ids)]) };
      shown.set(collection, known);
      await reads.begin(caller);
    }
    return known.features.get(delivery.subject!);
  };
}

/** The agency as a caller, like its own system. */
function recipientOf({ agency, country, webhook, collection }: ClaimedDelivery): Caller {
  const trace: Trace = {
    operation: collection === 'alerts' ? 'deliverAlerts' : 'deliverCoordination',
    method: 'post',
    collection: collection!,
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
