import type { Caller } from '../../core/caller.ts';
import type { PageRequest } from '../../core/page.ts';
import type { Versioned } from '../../core/precondition.ts';
import { NOTHING_SEEN, zoneConcern } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findVersioned, type Layer, listFeatures } from '../../db/layer.ts';
import { plannedEachTime, type Sql, sql, writing } from '../../db/sql.ts';
import { LIMITS } from '../../ogc/cql2/cql2.limits.ts';
import { conditionOf } from './subscription.filter.sql.ts';
import { LONGEST_FILTER, type SubscriptionContent } from './subscription.schema.ts';

const subscriptions: Layer = {
  columns: sql`s.id, s.agency, s.name, s.zone, s.segment, s.crossing, s.within_m, s.filter, s.kinds, s.minimum_severity,
    s.natures, s.triggers, s.threshold_incidents, s.threshold_minutes, s.hysteresis_m, s.enabled, s.revision, s.created_at,
    s.updated_at, s.suspended_at, s.suspended_ms, s.suspended_incidents`,
  from: sql`subscription AS s`,
  id: sql`s.id`,
  feature: sql`json_build_object('id', r.id, 'agency', r.agency, 'name', r.name, 'zone', r.zone, 'segment', r.segment,
    'crossing', r.crossing, 'withinMetres', r.within_m, 'filter', r.filter, 'kinds', r.kinds,
    'minimumSeverity', r.minimum_severity, 'natures', r.natures, 'triggers', r.triggers,
    'threshold', CASE WHEN r.threshold_incidents IS NOT NULL
      THEN json_build_object('incidents', r.threshold_incidents, 'minutes', r.threshold_minutes) END,
    'hysteresisMetres', r.hysteresis_m, 'enabled', r.enabled,
    'suspended', CASE WHEN r.suspended_at IS NOT NULL THEN json_build_object('at', tripoint.utc(r.suspended_at),
      'reason', 'filter-too-costly', 'milliseconds', r.suspended_ms, 'incidents', r.suspended_incidents) END,
    'revision', r.revision,
    'createdAt', tripoint.utc(r.created_at), 'updatedAt', tripoint.utc(r.updated_at))::text`,
  // UUIDv7: in order of creation
  keys: [{ column: sql`s.id`, type: 'uuid' }],
  key: sql`r.id`,
  version: sql`s.revision::text`,
};

/** What the agency already has, without the changed subscription, and whether it sees the place. */
export interface SubscriptionUsage {
  count: number;
  filters: number;
  seesPlace: boolean;
}
type PermitUsage = (usage: SubscriptionUsage) => void;

export const subscriptionStore = (db: Database) => {
  const write = async (tx: Transaction, id: string, statement: Sql): Promise<Versioned> => {
    await tx.query(statement);
    return (await read(tx, id))!;
  };
  return {
    list: (caller: Caller, page: PageRequest) => listFeatures(db, caller, subscriptions, sql`true`, page),

    find: (caller: Caller, id: string) => findVersioned(db, caller, subscriptions, id),

    /** `permit` throws to refuse. */
    create: (
      caller: Caller,
      id: string,
      wanted: SubscriptionContent,
      permit: PermitUsage,
    ): Promise<Versioned> =>
      db.transaction(caller, async (tx) => {
        permit(await readUsage(tx, caller, id, wanted));
        return write(tx, id, insertStatement(caller, id, wanted));
      }),

    /** Writes the result of `merge` for the current row; `merge` throws to refuse. */
    change: (
      caller: Caller,
      id: string,
      merge: (current: Versioned | undefined) => SubscriptionContent,
      permit: PermitUsage,
    ): Promise<Versioned> =>
      db.transaction(caller, async (tx) => {
        await tx.query(sql`SELECT s.id FROM subscription AS s WHERE s.id = ${id} FOR NO KEY UPDATE`);
        const wanted = merge(await read(tx, id));
        permit(await readUsage(tx, caller, id, wanted));
        return write(tx, id, updateStatement(id, wanted));
      }),

    /** `permit` throws to refuse, for a missing row too. */
    remove: (caller: Caller, id: string, permit: (current: Versioned | undefined) => void): Promise<void> =>
      db.transaction(caller, async (tx) => {
        await tx.query(sql`SELECT s.id FROM subscription AS s WHERE s.id = ${id} FOR UPDATE`);
        permit(await read(tx, id));
        await tx.query(writing`DELETE FROM subscription AS s WHERE s.id = ${id}`);
      }),
  };
};
export type SubscriptionStore = ReturnType<typeof subscriptionStore>;

async function read(tx: Transaction, id: string): Promise<Versioned | undefined> {
  const [row] = await tx.query<Versioned>(featureStatement(subscriptions, sql`s.id = ${id}`));
  return row;
}

async function readUsage(
  tx: Transaction,
  { agency }: Caller,
  id: string,
  wanted: SubscriptionContent,
): Promise<SubscriptionUsage> {
  // serialised, so that concurrent writers cannot exceed the limit
  await tx.query(sql`SELECT pg_advisory_xact_lock(tripoint.lock_number('subscribing'), hashtext(${agency}))`);
  if (wanted.filter !== null) await tryFilter(tx, wanted.filter);
  const row = await tx.queryOne<SubscriptionUsage>(sql`
    SELECT count(*)::int AS count, (count(*) FILTER (WHERE s.filter IS NOT NULL))::int AS filters
    FROM subscription AS s WHERE s.id <> ${id}`);
  return { ...row, seesPlace: await seesPlace(tx, wanted) };
}

const FILTER_LIMITS = { ...LIMITS, characters: LONGEST_FILTER };

/** Runs the filter once, so that an error shows now and not at each incident. */
const tryFilter = (tx: Transaction, filter: unknown): Promise<unknown> =>
  tx.query(
    plannedEachTime(
      sql`SELECT i.id, ${NOTHING_SEEN} FROM ${view.incident} AS i WHERE ${conditionOf(filter, FILTER_LIMITS)} LIMIT 0`,
    ),
  );

async function seesPlace(
  tx: Transaction,
  { zone, segment, crossing }: SubscriptionContent,
): Promise<boolean> {
  if (zone !== null)
    return isThere(
      tx,
      sql`SELECT ${zoneConcern(sql`z`)} AS seen_one FROM ${view.zone} AS z WHERE z.id = ${zone}`,
    );
  if (segment !== null) return isThere(tx, sql`SELECT s.id FROM segment AS s WHERE s.id = ${segment}`);
  if (crossing !== null) return isThere(tx, sql`SELECT c.id FROM crossing AS c WHERE c.id = ${crossing}`);
  return true;
}

const isThere = async (tx: Transaction, statement: Sql): Promise<boolean> =>
  (await tx.query(statement)).length > 0;

const valuesOf = (wanted: SubscriptionContent): Sql => {
  const { name, zone, segment, crossing, withinMetres, filter, kinds, minimumSeverity } = wanted;
  const { natures, triggers, threshold, hysteresisMetres, enabled } = wanted;
  return sql`${name}::text, ${zone}::text, ${segment}::text, ${crossing}::text, ${withinMetres}::float,
    ${filter === null ? null : JSON.stringify(filter)}::jsonb, ${kinds}::text[], ${minimumSeverity}::text,
    ${natures}::text[], ${triggers}::text[], ${threshold?.incidents ?? null}::int, ${threshold?.minutes ?? null}::int,
    ${hysteresisMetres}::float, ${enabled}::boolean`;
};

const WRITTEN = sql`name, zone, segment, crossing, within_m, filter, kinds, minimum_severity, natures, triggers,
  threshold_incidents, threshold_minutes, hysteresis_m, enabled`;

const insertStatement = ({ agency }: Caller, id: string, wanted: SubscriptionContent): Sql => writing`
  INSERT INTO subscription (id, agency, ${WRITTEN}) VALUES (${id}, ${agency}, ${valuesOf(wanted)})`;

const updateStatement = (id: string, wanted: SubscriptionContent): Sql => writing`
  UPDATE subscription AS s SET (${WRITTEN}) = ROW(${valuesOf(wanted)}) WHERE s.id = ${id}`;
