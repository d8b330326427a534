import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { sql, writing } from '../../db/sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';
import { alertCollection } from './alert.collection.sql.ts';
import type { AlertQuery } from './alert.schema.ts';

/** Newest first. All properties are flat, so the noun and the layer give the same answer. */
const alerts: Layer = {
  ...plainLayerOf(alertCollection),
  from: sql`${view.alert} AS a`,
  concern: sql`a.concern`,
};

export const alertStore = (db: Database) => ({
  list: (caller: Caller, query: AlertQuery) =>
    listFeatures(db, caller, alerts, alertCollection.rows(query).where, query),

  find: (caller: Caller, id: string) => findFeature(db, caller, alerts, id),

  /** The first acknowledgement counts. undefined: the agency has no such alert. */
  acknowledge: (caller: Caller, id: string): Promise<string | undefined> =>
    db.transaction(caller, async (tx) => {
      await tx.query(writing`
        UPDATE ${view.alert} AS a SET acknowledged_at = now() WHERE a.id = ${id} AND a.acknowledged_at IS NULL`);
      const statement = featureStatement(alerts, sql`a.id = ${id}`);
      const [row] = await tx.query<{ feature: string }>(statement);
      return row?.feature;
    }),
});
export type AlertStore = ReturnType<typeof alertStore>;
