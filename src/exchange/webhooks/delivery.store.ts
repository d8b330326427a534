import type { Caller, CountryCode } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { featureStatement } from '../../db/layer.ts';
import { all, type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../../features/followed.sql.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';

/** A delivery that this process has leased. */
export interface ClaimedDelivery {
  webhook: string;
  delivery: string;
  attempt: number;
  lane: string;
  /** A bigint as text. */
  seq: string;
  /** `alerts`, or a part of coordination; null: a reset. */
  collection: string | null;
  /** The id in the collection. */
  subject: string | null;
  url: string;
  secrets: Buffer[];
  agency: string;
  country: CountryCode;
  created_at: Date;
}

export interface ClaimSettings {
  leaseSeconds: number;
  /** Lanes. */
  most: number;
  mostOfOne: number;
  /** Deliveries of one lane. */
  inARow: number;
  /** The webhook of each lane that this process is sending. */
  busy: readonly string[];
}

/** The result of a delivery: `released` undoes the claim. */
export interface SettledDelivery {
  webhook: string;
  delivery: string;
  attempt: number;
  outcome: 'delivered' | 'failed' | 'gone' | 'withdrawn' | 'released';
  /** After a failure: until the next attempt. */
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

/** The delivery queue of all agencies. */
const SET_SIZE = 500; // rows per statement: a long transaction holds the feed back

export const deliveryStore = (db: Database, alerts: Collection, followed: readonly FollowedRows[]) => ({
  async claim({ leaseSeconds, most, mostOfOne, inARow, busy }: ClaimSettings): Promise<ClaimedDelivery[]> {
    return db.maintain<ClaimedDelivery>(
      ROLE,
      sql`SELECT c.webhook, c.delivery, c.attempt, c.lane, c.seq, c.collection, c.subject, c.url, c.secrets,
            c.agency, c.country, c.created_at
          FROM base.claim_deliveries(make_interval(secs => ${leaseSeconds}), ${most}, ${mostOfOne}, ${inARow}, ${busy}::uuid[]) AS c
          ORDER BY c.seq`,
    );
  },

  /** Returns the number of new dead letters. */
  async settle(results: readonly SettledDelivery[], circuit: CircuitSettings): Promise<number> {
    const { opensAfter, opensForSeconds, opensAtMostSeconds } = circuit;
    const row = await db.maintainOne<{ dead: number }>(
      ROLE,
      sql`SELECT s.dead FROM base.settle_deliveries(${JSON.stringify(results)}::json, ${opensAfter},
        make_interval(secs => ${opensForSeconds}), make_interval(secs => ${opensAtMostSeconds})) AS s`,
    );
    return row.dead;
  },

  /** Features as the agency sees them now, by id; hidden ones are missing. */
  async show(caller: Caller, collection: string, ids: readonly string[]): Promise<Map<string, string>> {
    const source = followed.find(({ id }) => id === collection);
    const statement = source ? followedStatement(source, ids) : alertStatement(alerts, ids);
    const rows = await db.query<{ feature: string }>(caller, statement);
    return new Map(rows.map(({ feature }) => [JSON.parse(feature).id, feature]));
  },

  /** The currently valid signing secrets of a webhook. */
  async secretsOf(webhook: string): Promise<Buffer[]> {
    const row = await db.maintainOne<{ secrets: Buffer[] | null }>(
      ROLE,
      sql`SELECT base.secrets_of_webhook(${webhook}::uuid) AS secrets`,
    );
    return row.secrets ?? [];
  },

  /** Gives up old deliveries as dead letters, and deletes settled ones past their retention. Returns how many it gave up. */
  async sweep(keptDays: number): Promise<number> {
    for (let all = 0; ; ) {
      const { died, deleted } = await db.maintainOne<{ died: number; deleted: number }>(
        ROLE,
        sql`SELECT s.died, s.deleted FROM base.sweep_deliveries(make_interval(days => ${keptDays}::int), ${SET_SIZE}::int) AS s`,
      );
      all += died;
      if (died < SET_SIZE && deleted < SET_SIZE) return all;
    }
  },

  figures(): Promise<QueueFigures> {
    return db.maintainOne<QueueFigures>(
      ROLE,
      sql`SELECT f.waiting_seconds, f.open_circuits, f.dead FROM base.delivery_figures() AS f`,
    );
  },
});
const alertStatement = (alerts: Collection, ids: readonly string[]): Sql => {
  const { from, where, concern } = alerts.rows({});
  const layer = { ...plainLayerOf(alerts), from, ...(concern && { concern }) };
  return featureStatement(layer, all(where, sql`${alerts.key.column} = ANY (${ids}::uuid[])`));
};

const followedStatement = ({ layer, is }: FollowedRows, ids: readonly string[]): Sql => sql`
  SELECT ${layer.feature} AS feature, r.seen_one, r.seen_one AS seen_target
  FROM unnest(${ids}::text[]) AS ch (id) CROSS JOIN LATERAL (
    SELECT ${layer.columns}, ${layer.concern ?? sql`0`} AS seen_one FROM ${layer.from} WHERE ${is(sql`ch.id`)}) AS r`;

export type DeliveryStore = ReturnType<typeof deliveryStore>;
