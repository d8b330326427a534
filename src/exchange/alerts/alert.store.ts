import type { Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { featureStatement, findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { sql } from '../../db/sql.ts';
import { alertCollection } from './alert.collection.sql.ts';
import type { AlertQuery } from './alert.schema.ts';

/** Newest first. */
const alerts: Layer = {
  columns: sql`a.id, a.trigger, a.subscription, a.incident, a.notice, a.at, a.nature, a.kind, a.severity, a.certainty,
    a.occurred_at, a.point, a.horizontal_accuracy_m, a.border, a.border_km, a.incident_count, a.due_at, a.acknowledged_at, a.agency`,
  from: sql`alert AS a`,
  id: sql`a.id`,
  feature: featureText(
    sql`r.id`,
    sql`r.point`,
    sql`json_build_object('trigger', r.trigger, 'subscription', r.subscription, 'incident', r.incident, 'notice', r.notice,
      'at', tripoint.utc(r.at), 'nature', r.nature, 'kind', r.kind, 'severity', r.severity, 'certainty', r.certainty,
      'occurredAt', tripoint.utc(r.occurred_at), 'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'border', r.border,
      'borderKm', round(r.border_km::numeric, 3), 'incidentCount', r.incident_count, 'assistanceDueAt', CASE r.trigger WHEN 'distress' THEN tripoint.utc(r.due_at) END,
      'acknowledgementDueAt', CASE r.trigger WHEN 'overdue' THEN tripoint.utc(r.due_at) END,
      'acknowledgedAt', tripoint.utc(r.acknowledged_at), 'agency', r.agency)`,
  ),
  keys: alertCollection.order.keys,
  key: sql`r.at, r.id`,
  descending: true,
  concern: sql`a.concern`,
};

export const alertStore = (db: Database) => ({
  list: (caller: Caller, query: AlertQuery) =>
    listFeatures(db, caller, alerts, alertCollection.rows(query).where, query),

  find: (caller: Caller, id: string) => findFeature(db, caller, alerts, id),

  /** The first time counts. undefined: the agency has no such alert. */
  acknowledge: (caller: Caller, id: string): Promise<string | undefined> =>
    db.transaction(caller, async (tx) => {
      await tx.query(sql`
        UPDATE alert AS a SET acknowledged_at = now() WHERE a.id = ${id} AND a.acknowledged_at IS NULL`);
      const statement = featureStatement(alerts, sql`a.id = ${id}`);
      const [row] = await tx.query<{ feature: string }>(statement);
      return row?.feature;
    }),
});
export type AlertStore = ReturnType<typeof alertStore>;
