import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import { seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { isDuring } from '../../db/interval.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { endNamingExercise, featureText, pointInBox } from '../../db/spatial.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import { assistanceMembers } from './assistance.followed.sql.ts';
import type { NewAssistance } from './assistance.schema.ts';
import type { DistressQuery, OpenDistressQuery } from './distress.schema.ts';

const isOpen = sql`n.assisted_at IS NULL AND n.assistance_due_at IS NOT NULL`;

const assistance = sql`(SELECT coalesce(json_agg(json_build_object(${assistanceMembers}) ORDER BY s.recorded_at, s.id), '[]')
  FROM ${view.assistance} AS s WHERE s.notice = n.id)`;

/** Newest first. */
const notices: Layer = {
  columns: sql`n.id, n.point, n.occurred_at, n.horizontal_accuracy_m, n.in_need_best, n.in_need_low, n.in_need_high,
    n.incident, n.assistance_due_at, ${isOpen} AND n.assistance_due_at < now() AS is_overdue, ${assistance} AS done`,
  from: sql`${view.distressNotice} AS n`,
  id: sql`n.id`,
  feature: featureText(
    sql`r.id`,
    sql`r.point`,
    sql`json_build_object('occurredAt', tripoint.utc(r.occurred_at), 'horizontalAccuracyMetres', r.horizontal_accuracy_m,
      'inNeed', CASE WHEN coalesce(r.in_need_best, r.in_need_low, r.in_need_high) IS NOT NULL THEN json_strip_nulls(
        json_build_object('best', r.in_need_best, 'low', r.in_need_low, 'high', r.in_need_high)) END,
      'incident', r.incident, 'assistanceDueAt', tripoint.utc(r.assistance_due_at), 'overdue', r.is_overdue,
      'assistance', r.done)`,
    endNamingExercise,
  ),
  keys: [
    { column: sql`n.occurred_at`, type: 'timestamptz' },
    { column: sql`n.id`, type: 'uuid' },
  ],
  key: sql`r.occurred_at, r.id`,
  descending: true,
  concern: sql`n.concern`,
};

/** Earliest deadline first. */
const waiting: Layer = {
  ...notices,
  keys: [
    { column: sql`n.assistance_due_at`, type: 'timestamptz' },
    { column: sql`n.id`, type: 'uuid' },
  ],
  key: sql`r.assistance_due_at, r.id`,
  descending: false,
};

export const distressStore = (db: Database) => ({
  list: (caller: Caller, query: DistressQuery) => listFeatures(db, caller, notices, matches(query), query),

  /** Notices without assistance. */
  listOpen: (caller: Caller, query: OpenDistressQuery) =>
    listFeatures(
      db,
      caller,
      waiting,
      all(
        isOpen,
        when(query.overdue, (late) => sql`(n.assistance_due_at < now()) = ${late}`),
        matches(query),
      ),
      query,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, notices, id),

  /** Adds assistance and returns the notice; `permit` throws to refuse. */
  assist: (
    caller: Caller,
    id: string,
    said: NewAssistance,
    permit: (notice: { mayAssist: boolean } | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      permit(await readPermission(tx, id));
      await tx.query(writing`
        INSERT INTO ${view.assistance} (id, notice, agency, state, outcome, counts, at)
        VALUES (${uuidv7()}, ${id}, ${caller.agency}, ${said.state}, ${said.outcome},
          ${said.counts && JSON.stringify(said.counts)}, coalesce(${said.at}::timestamptz, now()))`);
      const row = await tx.queryOne<{ feature: string }>(featureStatement(notices, sql`n.id = ${id}`));
      return row.feature;
    }),
});
export type DistressStore = ReturnType<typeof distressStore>;

async function readPermission(tx: Transaction, id: string) {
  const [row] = await tx.query<{ mayAssist: boolean }>(
    sql`SELECT n.may_assist AS "mayAssist", ${seenInOne(sql`n.concern`)} FROM ${view.distressNotice} AS n WHERE n.id = ${id}`,
  );
  return row;
}

const matches = ({ bbox, datetime, border, nature }: DistressQuery): Sql =>
  all(
    when(bbox, (box) => pointInBox(sql`n.point`, box)),
    when(datetime, (interval) => isDuring(sql`n.occurred_at`, interval)),
    when(border, (code) => sql`${code} = ANY (n.borders)`),
    when(nature, (words) => sql`n.nature = ANY (${words}::text[])`),
  );
