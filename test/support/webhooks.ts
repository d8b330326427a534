import { pino } from 'pino';
import { sql } from '../../src/db/sql.ts';
import { alertNoun } from '../../src/exchange/alerts/alert.collection.sql.ts';
import { noCounts } from '../../src/exchange/webhooks/delivery.counts.ts';
import {
  type DeliveryPace,
  type DeliverySettings,
  startDelivery,
} from '../../src/exchange/webhooks/delivery.job.ts';
import { deliveryStore } from '../../src/exchange/webhooks/delivery.store.ts';
import { targetGuard } from '../../src/exchange/webhooks/target.guard.ts';
import { followedCoordination } from '../../src/features/coordination/coordination.followed.sql.ts';
import { followedAssistance } from '../../src/features/distress/assistance.followed.sql.ts';
import type { Job } from '../../src/jobs/recurring.job.ts';
import { asTableOwner } from './audit.ts';
import { anIncident } from './builders.ts';
import { callerOf, type NamedCaller } from './callers.ts';
import type { TestService } from './service.ts';
import { actualWorld } from './worlds.ts';

export const LOCAL = { guard: targetGuard(['127.0.0.0/8']), timeoutSeconds: 2 };

/** Attempts follow each other within milliseconds, and circuits stay closed unless a test says otherwise. */
export const QUICK: Partial<DeliveryPace> = {
  schedule: { firstSeconds: 0.05, factor: 1.5, mostSeconds: 0.2 },
  circuit: { opensAfter: 1_000_000, opensForSeconds: 0.2, opensAtMostSeconds: 0.5 },
  beatMs: 20,
  leaseSeconds: 3,
  graceMs: 500,
};

export const courierFor = (
  { db, reads }: TestService,
  pace: Partial<DeliveryPace> = {},
  settings: Partial<DeliverySettings> = {},
): Job =>
  startDelivery({
    store: deliveryStore(db, alertNoun, [...followedCoordination, followedAssistance]),
    reads,
    world: actualWorld,
    changes: db.changes,
    logger: pino({ level: 'silent' }),
    report: { failed() {}, wentWell() {} },
    counts: noCounts(),
    isClosed: () => false,
    ...LOCAL,
    ...settings,
    pace: { ...QUICK, ...pace },
  });

export const OWNER = callerOf('TUN', 'coordinator');

export interface Hook {
  id: string;
  url: string;
  secret: string;
  verifiedAt: string | null;
  circuit: string;
  failures: number;
  lastError: string | null;
  enabled: boolean;
}

export async function addHook(
  { api }: TestService,
  url: string,
  { as = OWNER, ...more }: { as?: NamedCaller; triggers?: string[]; coordination?: string[] | null } = {},
): Promise<Hook> {
  const { body } = await api
    .post('/v1/webhooks')
    .set(as.headers)
    .send({ url, ...more })
    .expect(201);
  return body;
}

export const hookOf = async ({ api }: TestService, id: string): Promise<Hook> =>
  (await api.get(`/v1/webhooks/${id}`).set(OWNER.headers).expect(200)).body;

export interface Delivery {
  id: string;
  alert: string | null;
  collection: string | null;
  subject: string | null;
  state: string;
  nextAttemptAt: string | null;
  attempts: { at: string; durationMs: number; status: number | null; error: string | null }[];
}

export const deliveriesOf = async ({ api }: TestService, id: string, query = ''): Promise<Delivery[]> =>
  (await api.get(`/v1/webhooks/${id}/deliveries?${query}`).set(OWNER.headers).expect(200)).body.deliveries;

export async function addIncident({ api }: TestService): Promise<string> {
  const { headers } = callerOf('TUN', 'reporter');
  return (await api.post('/v1/incidents').set(headers).send(anIncident()).expect(201)).body.id;
}

export interface AlertSettings {
  agency?: string;
  subscription?: string | null;
  trigger?: string;
  times?: number;
}

/** Alerts about an incident, in one statement; their ids in the order in which they are told. */
export async function tell(
  { db }: Pick<TestService, 'db'>,
  incident: string,
  { agency = OWNER.agency!, subscription = null, trigger = 'updated', times = 1 }: AlertSettings = {},
): Promise<string[]> {
  const rows = await asTableOwner<{ id: string }>(
    db,
    sql`INSERT INTO base.alert (agency, country, trigger, subscription, incident, at, nature, kind, severity, certainty,
          occurred_at, point, horizontal_accuracy_m, border, border_km)
        SELECT a.id, a.country, ${trigger}, ${subscription}::uuid, i.id, clock_timestamp() + n * interval '1 millisecond',
          i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km
        FROM base.incident AS i JOIN base.agency AS a ON a.id = ${agency}
        CROSS JOIN generate_series(1, ${times}::int) AS n WHERE i.id = ${incident} ORDER BY n
        RETURNING id`,
  );
  return rows.map(({ id }) => id);
}
