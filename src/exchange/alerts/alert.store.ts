import type { Caller } from '../../core/caller.ts';
import { NOTHING_SEEN } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';
import { alertNoun } from './alert.collection.sql.ts';
import { type AlertQuery, MOST_ACKNOWLEDGED } from './alert.schema.ts';

/** Newest first. */
const alerts: Layer = {
  ...plainLayerOf(alertNoun),
  from: sql`${view.alert} AS a`,
  concern: sql`a.concern`,
};

export const alertStore = (db: Database) => ({
  list: (caller: Caller, query: AlertQuery) =>
    listFeatures(db, caller, alerts, alertNoun.rows(query).where, query),

  find: (caller: Caller, id: string) => findFeature(db, caller, alerts, id),

  /** Of each alert, in the order of the ids. */
  acknowledgeAll: (caller: Caller, ids: readonly string[]): Promise<AlertResult[]> =>
    db.transaction(caller, async (tx) => {
      const changed = await acknowledge(tx, sql`a.id = ANY (${ids}::uuid[])`);
      return readResults(tx, ids, changed);
    }),

  /** Oldest first. undefined: the agency has no such alert. */
  acknowledgeUpTo: (caller: Caller, last: string) =>
    db.transaction(caller, async (tx) => {
      const due = await tx.query<{ id: string }>(sql`
        SELECT a.id, ${NOTHING_SEEN} FROM ${view.alert} AS a
        JOIN (SELECT b.at, b.id FROM ${view.alert} AS b WHERE b.id = ${last}) AS u ON (a.at, a.id) <= (u.at, u.id)
        WHERE a.agency = ${caller.agency} AND (a.acknowledged_at IS NULL OR a.id = u.id)
        ORDER BY a.at, a.id LIMIT ${MOST_ACKNOWLEDGED + 1}`);
      if (due.length === 0) return undefined;
      const ids = due.slice(0, MOST_ACKNOWLEDGED).map(({ id }) => id);
      const changed = await acknowledge(tx, sql`a.id = ANY (${ids}::uuid[])`);
      return { results: await readResults(tx, ids, changed), isComplete: due.length <= MOST_ACKNOWLEDGED };
    }),

  /** The first acknowledgement counts. undefined: the agency has no such alert. */
  acknowledge: (caller: Caller, id: string): Promise<string | undefined> =>
    db.transaction(caller, async (tx) => {
      await acknowledge(tx, sql`a.id = ${id}`);
      const statement = featureStatement(alerts, sql`a.id = ${id}`);
      const [row] = await tx.query<{ feature: string }>(statement);
      return row?.feature;
    }),
});

interface AlertResult {
  alert: string;
  result: 'acknowledged' | 'unchanged' | 'not-found';
  acknowledgedAt: string | null;
}

/** Answers which were not acknowledged before. */
async function acknowledge(tx: Transaction, which: Sql): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(writing`
    UPDATE ${view.alert} AS a SET acknowledged_at = now() WHERE ${which} AND a.acknowledged_at IS NULL RETURNING a.id`);
  return new Set(rows.map(({ id }) => id));
}

async function readResults(tx: Transaction, ids: readonly string[], changed: ReadonlySet<string>) {
  const rows = await tx.query<{ id: string; at: string }>(sql`
    SELECT a.id, tripoint.utc(a.acknowledged_at) AS at, a.concern AS seen_one FROM ${view.alert} AS a
    WHERE a.id = ANY (${ids}::uuid[])`);
  const times = new Map(rows.map(({ id, at }) => [id, at]));
  return ids.map((id): AlertResult => {
    const acknowledgedAt = times.get(id) ?? null;
    const known = changed.has(id) ? 'acknowledged' : 'unchanged';
    return { alert: id, result: acknowledgedAt === null ? 'not-found' : known, acknowledgedAt };
  });
}

export type AlertStore = ReturnType<typeof alertStore>;
