import type { Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { featureText, pointInBox } from '../../db/spatial.ts';
import { all, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import type { Interval } from '../../geometry/datetime.parse.ts';
import type { DistressQuery } from './distress.schema.ts';

/** Newest first. */
const notices: Layer = {
  columns: sql`n.id, n.point, n.occurred_at, n.horizontal_accuracy_m, n.in_need_best, n.in_need_low, n.in_need_high`,
  from: sql`distress_notice AS n`,
  id: sql`n.id`,
  feature: featureText(
    sql`r.id`,
    sql`r.point`,
    sql`json_build_object('occurredAt', tripoint.utc(r.occurred_at), 'horizontalAccuracyMetres', r.horizontal_accuracy_m,
      'inNeed', CASE WHEN coalesce(r.in_need_best, r.in_need_low, r.in_need_high) IS NOT NULL THEN json_strip_nulls(
        json_build_object('best', r.in_need_best, 'low', r.in_need_low, 'high', r.in_need_high)) END)`,
  ),
  keys: [
    { column: sql`n.occurred_at`, type: 'timestamptz' },
    { column: sql`n.id`, type: 'uuid' },
  ],
  key: sql`r.occurred_at, r.id`,
  descending: true,
  concern: sql`n.concern`,
};

export const distressStore = (db: Database) => ({
  list: (caller: Caller, { bbox, datetime, border, nature, ...page }: DistressQuery) =>
    listFeatures(
      db,
      caller,
      notices,
      all(
        when(bbox, (box) => pointInBox(sql`n.point`, box)),
        when(datetime, isDuring),
        when(border, (code) => sql`${code} = ANY (n.borders)`),
        when(nature, (words) => sql`n.nature = ANY (${words}::text[])`),
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, notices, id),
});
export type DistressStore = ReturnType<typeof distressStore>;

const isDuring = ({ from, to }: Interval): Sql =>
  plannedEachTime(
    all(
      when(from, (start) => sql`n.occurred_at >= ${start}::timestamptz`),
      when(to, (end) => sql`n.occurred_at <= ${end}::timestamptz`),
    ),
  );
