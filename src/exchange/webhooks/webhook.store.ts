import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { type Layer, listFeatures } from '../../db/layer.ts';
import { all, listed, type Sql, sql, when, writing } from '../../db/sql.ts';
import type { DeliveryQuery, WebhookSettings } from './webhook.schema.ts';
import { newSigningSecret, shownSecret } from './webhook.signature.ts';

export const MOST_WEBHOOKS = 20; // per agency

/** JSON of a webhook, over the alias `w`. */
const webhookJson = sql`json_build_object('id', w.id, 'url', w.url, 'triggers', w.triggers, 'coordination', w.coordination, 'enabled', w.is_enabled,
  'verifiedAt', tripoint.utc(w.verified_at),
  'circuit', CASE WHEN w.open_until IS NULL THEN 'closed' WHEN w.open_until > now() THEN 'open' ELSE 'half-open' END,
  'failures', w.failures, 'lastError', w.last_error,
  'oldSecretUntil', CASE WHEN w.old_secret_until > now() THEN tripoint.utc(w.old_secret_until) END,
  'createdAt', tripoint.utc(w.created_at))`;

const columns = sql`w.id, w.url, w.triggers, w.coordination, w.is_enabled, w.verified_at, w.open_until, w.failures, w.last_error,
  w.old_secret_until, w.created_at`;

const deliveries: Layer = {
  columns: sql`d.id, d.alert, d.collection, d.subject, d.state, d.attempts, d.created_at, d.next_at`,
  from: sql`delivery AS d`,
  id: sql`d.id`,
  feature: sql`json_build_object('id', r.id, 'alert', r.alert, 'collection', r.collection, 'subject', r.subject, 'state', r.state, 'attempts', r.attempts,
    'createdAt', tripoint.utc(r.created_at),
    'nextAttemptAt', CASE r.state WHEN 'pending' THEN tripoint.utc(r.next_at) END)::text`,
  keys: [
    { column: sql`d.created_at`, type: 'timestamptz' },
    { column: sql`d.id`, type: 'uuid' },
  ],
  key: sql`r.created_at, r.id`,
  descending: true,
};

/** A new webhook with its signing secrets. */
export interface MadeWebhook {
  id: string;
  webhook: Record<string, unknown>;
  secret: Buffer;
}

export const webhookStore = (db: Database) => {
  const find = async (caller: Caller, id: string): Promise<Record<string, unknown> | undefined> => {
    const statement = sql`SELECT ${webhookJson} AS webhook FROM webhook AS w WHERE w.id = ${id}`;
    const [row] = await db.query<{ webhook: Record<string, unknown> }>(caller, statement);
    return row?.webhook;
  };

  return {
    find,

    async list(caller: Caller): Promise<string> {
      const row = await db.queryOne<{ webhooks: string }>(
        caller,
        sql`SELECT coalesce(json_agg(${webhookJson} ORDER BY w.id), '[]')::text AS webhooks FROM webhook AS w`,
      );
      return row.webhooks;
    },

    /** undefined: the agency has reached its limit. */
    async create(
      caller: Caller,
      url: string,
      { triggers, coordination, enabled = true }: WebhookSettings,
    ): Promise<MadeWebhook | undefined> {
      const id = uuidv7();
      const secret = newSigningSecret();
      const [row] = await db.query<{ webhook: Record<string, unknown> }>(
        caller,
        writing`WITH made AS (
              INSERT INTO webhook AS w (id, agency, country, url, triggers, coordination, is_enabled, secret)
              SELECT ${id}::uuid, ${caller.agency}, ${caller.country}, ${url}, ${triggers ?? null}::text[],
                ${coordination ?? null}::text[], ${enabled}, ${secret}::bytea
              WHERE (SELECT count(*) FROM webhook) < ${MOST_WEBHOOKS}::int
              RETURNING ${columns}
            )
            SELECT ${webhookJson} AS webhook FROM made AS w`,
      );
      return row && { id, webhook: row.webhook, secret };
    },

    change: (caller: Caller, id: string, { url, triggers, coordination, enabled }: WebhookSettings) =>
      update(caller, id, [
        when(url, (one) => sql`url = ${one}`),
        when(triggers, (words) => sql`triggers = ${words}::text[]`),
        when(coordination, (parts) => sql`coordination = ${parts}::text[]`),
        when(enabled, (isIt) => sql`is_enabled = ${isIt}`),
      ]),

    async rotate(caller: Caller, id: string, overlapSeconds: number) {
      const secret = newSigningSecret();
      const webhook = await update(caller, id, [
        sql`secret = ${secret}::bytea`,
        sql`old_secret_until = now() + make_interval(secs => ${overlapSeconds})`,
      ]);
      return webhook && { ...webhook, secret: shownSecret(secret) };
    },

    /** Records the challenge result, unless the address has changed meanwhile; undefined: passed. */
    noteChallenge: (caller: Caller, id: string, url: string, wrong: string | undefined) =>
      update(
        caller,
        id,
        wrong === undefined
          ? [sql`verified_at = clock_timestamp()`, sql`last_error = NULL`]
          : [sql`last_error = ${wrong}`],
        sql`w.url = ${url}`,
      ),

    /** false: not found. */
    async remove(caller: Caller, id: string): Promise<boolean> {
      const rows = await db.query(
        caller,
        writing`DELETE FROM webhook AS w WHERE w.id = ${id} RETURNING w.id`,
      );
      return rows.length === 1;
    },

    deliveries: (caller: Caller, id: string, { state, ...page }: DeliveryQuery) =>
      listFeatures(
        db,
        caller,
        deliveries,
        all(
          sql`d.webhook = ${id}`,
          when(state, (word) => sql`d.state = ${word}`),
        ),
        page,
      ),

    /** Returns the number of replayed dead letters. */
    async replay(caller: Caller, id: string, only?: string): Promise<number> {
      const row = await db.transaction(caller, (tx) =>
        tx.queryOne<{ replayed: number }>(
          sql`SELECT replay_deliveries(${id}::uuid, ${only ?? null}::uuid) AS replayed`,
        ),
      );
      return row.replayed;
    },
  };

  /** undefined: not found. */
  async function update(caller: Caller, id: string, changes: readonly (Sql | undefined)[], only = sql`true`) {
    const given = changes.filter((change) => change !== undefined);
    if (given.length === 0) return find(caller, id);
    const [row] = await db.query<{ webhook: Record<string, unknown> }>(
      caller,
      writing`WITH changed AS (
            UPDATE webhook AS w SET ${listed(given)} WHERE w.id = ${id} AND ${only} RETURNING ${columns}
          )
          SELECT ${webhookJson} AS webhook FROM changed AS w`,
    );
    return row?.webhook;
  }
};
export type WebhookStore = ReturnType<typeof webhookStore>;
