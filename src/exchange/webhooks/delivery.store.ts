import type { Caller, CountryCode } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { featureStatement } from '../../db/layer.ts';
import { all, sql } from '../../db/sql.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';

/** A delivery that this process is to send until its lease is over. */
export interface ClaimedDelivery {
  webhook: string;
  delivery: string;
  attempt: number;
  lane: string;
  /** Of a bigint. */
  seq: string;
  alert: string;
  url: string;
  secrets: Buffer[];
  agency: string;
  country: CountryCode;
}

export interface ClaimSettings {
  leaseSeconds: number;
  /** Lanes. */
  most: number;
  mostOfOne: number;
  /** Deliveries of one lane. */
  inARow: number;
  /** The webhook of each lane that this process is about. */
  busy: readonly string[];
}

/** What came of a delivery: `released` is as if it had not been claimed. */
export interface SettledDelivery {
  webhook: string;
  delivery: string;
  attempt: number;
  outcome: 'delivered' | 'failed' | 'gone' | 'withdrawn' | 'released';
  /** When failed: until the next attempt. */
  seconds?: number;
  error?: string | undefined;
  entry?: { at: Date; durationMs: number; status: number | null; error: string | null };
}

export interface CircuitSettings {
  opensAfter: number;
  opensForSeconds: number;
  opensAtMostSeconds: number;
}

export interface QueueFigures {
  waiting_seconds: number;
  open_circuits: number;
  dead: number;
}

const ROLE = 'tripoint_courier';

/** The queue of deliveries of all agencies. */
export const deliveryStore = (db: Database, alerts: Collection) => ({
  async claim({ leaseSeconds, most, mostOfOne, inARow, busy }: ClaimSettings): Promise<ClaimedDelivery[]> {
    return db.maintain<ClaimedDelivery>(
      ROLE,
      sql`SELECT c.webhook, c.delivery, c.attempt, c.lane, c.seq, c.alert, c.url, c.secrets, c.agency, c.country
          FROM base.claim_deliveries(make_interval(secs => ${leaseSeconds}), ${most}, ${mostOfOne}, ${inARow}, ${busy}::uuid[]) AS c
          ORDER BY c.seq`,
    );
  },

  /** How many of them are dead letters now. */
  async settle(results: readonly SettledDelivery[], circuit: CircuitSettings): Promise<number> {
    const { opensAfter, opensForSeconds, opensAtMostSeconds } = circuit;
    const row = await db.maintainOne<{ dead: number }>(
      ROLE,
      sql`SELECT s.dead FROM base.settle_deliveries(${JSON.stringify(results)}::json, ${opensAfter},
        make_interval(secs => ${opensForSeconds}), make_interval(secs => ${opensAtMostSeconds})) AS s`,
    );
    return row.dead;
  },

  /** Alerts as their layer shows them to an agency now, by id; what it sees no more is missing. */
  async show(caller: Caller, ids: readonly string[]): Promise<Map<string, string>> {
    const { from, where, concern } = alerts.rows({});
    const layer = { ...plainLayerOf(alerts), from, ...(concern && { concern }) };
    const statement = featureStatement(layer, all(where, sql`${alerts.key.column} = ANY (${ids}::uuid[])`));
    const rows = await db.query<{ feature: string }>(caller, statement);
    return new Map(rows.map(({ feature }) => [JSON.parse(feature).id, feature]));
  },

  /** Those that sign what goes to a webhook now. */
  async secretsOf(webhook: string): Promise<Buffer[]> {
    const row = await db.maintainOne<{ secrets: Buffer[] | null }>(
      ROLE,
      sql`SELECT base.secrets_of_webhook(${webhook}::uuid) AS secrets`,
    );
    return row.secrets ?? [];
  },

  /** Gives up what was tried for long enough, and forgets what was settled so many days ago. */
  async sweep(keptDays: number): Promise<number> {
    const row = await db.maintainOne<{ died: number }>(
      ROLE,
      sql`SELECT base.sweep_deliveries(make_interval(days => ${keptDays}::int)) AS died`,
    );
    return row.died;
  },

  figures(): Promise<QueueFigures> {
    return db.maintainOne<QueueFigures>(
      ROLE,
      sql`SELECT f.waiting_seconds, f.open_circuits, f.dead FROM base.delivery_figures() AS f`,
    );
  },
});
export type DeliveryStore = ReturnType<typeof deliveryStore>;
