import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { all, sql, when, writing } from '../../db/sql.ts';
import { shiftColumns, shiftMembers } from './shift.followed.sql.ts';
import { type StoredShift, signerOf } from './shift.lifecycle.ts';
import type { NewShift, ShiftQuery } from './shift.schema.ts';

const shift = sql`json_build_object('id', r.id, ${shiftMembers})::text`;

/** Newest first. */
const shifts: Layer = {
  columns: shiftColumns,
  from: sql`${view.shift} AS s`,
  id: sql`s.id`,
  feature: shift,
  keys: [
    { column: sql`s.opened_at`, type: 'timestamptz' },
    { column: sql`s.id`, type: 'uuid' },
  ],
  key: sql`r.opened_at, r.id`,
  descending: true,
  concern: sql`s.concern`,
};

export const shiftStore = (db: Database) => ({
  list: (caller: Caller, { state, agency, crossing, ...page }: ShiftQuery) =>
    listFeatures(
      db,
      caller,
      shifts,
      all(
        when(state, (words) => sql`s.state = ANY (${words}::text[])`),
        when(agency, (id) => sql`s.agency = ${id}`),
        when(crossing, (id) => sql`s.crossing = ${id}`),
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, shifts, id),

  /** `isNew` is false if the agency has another shift there, whose id is answered. `refuse` throws for an unknown crossing. */
  open: (
    caller: Caller,
    { place: { kind, name, crossing } }: NewShift,
    refuse: (crossing: string) => void,
  ): Promise<{ isNew: boolean; id: string; text: string }> =>
    db.transaction(caller, async (tx) => {
      if (crossing && !(await isCrossing(tx, crossing))) refuse(crossing);
      const id = uuidv7();
      const added = await tx.query(writing`
        INSERT INTO ${view.shift} (id, agency, kind, name, crossing, opened_by)
        VALUES (${id}, ${caller.agency}, ${kind}, ${name}, ${crossing}, ${signerOf(caller)})
        ON CONFLICT DO NOTHING RETURNING id`);
      const row = await tx.queryOne<{ id: string; text: string }>(sql`
        SELECT r.id, ${shift} AS text, ${NOTHING_SEEN} FROM ${view.shift} AS r
        WHERE r.agency = ${caller.agency} AND r.kind = ${kind} AND lower(r.name) = lower(${name}) AND r.state <> 'closed'`);
      return { isNew: added.length > 0, ...row };
    }),
});
export type ShiftStore = ReturnType<typeof shiftStore>;

async function isCrossing(tx: Transaction, id: string): Promise<boolean> {
  const found = await tx.query(sql`SELECT c.id FROM crossing AS c WHERE c.id = ${id}`);
  return found.length > 0;
}

/** The shift, locked against other writers. undefined: the caller sees no such shift. */
export async function lockShift(tx: Transaction, id: string): Promise<StoredShift | undefined> {
  const [row] = await tx.query<StoredShift>(sql`
    SELECT s.agency, s.state, s.offers, s.offered_by AS "offeredBy", ${seenInOne(sql`s.concern`)}
    FROM ${view.shift} AS s WHERE s.id = ${id} FOR NO KEY UPDATE`);
  return row;
}
