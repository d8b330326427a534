import type { Caller } from '../../core/caller.ts';
import { seenInAll } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import { addItems } from './handover.items.sql.ts';
import { type StoredShift, signerOf } from './shift.lifecycle.ts';
import { lockShift } from './shift.store.ts';

type Permit = (shift: StoredShift | undefined) => void;

interface FoundHandover {
  /** Whether the caller sees the shift. */
  isKnown: boolean;
  /** null: nothing is offered. */
  text: string | null;
}

export const handoverStore = (db: Database) => {
  /** Changes the shift in one transaction; `permit` throws to refuse. */
  const change = <T>(
    caller: Caller,
    shift: string,
    permit: Permit,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> =>
    db.transaction(caller, async (tx) => {
      permit(await lockShift(tx, shift));
      return work(tx);
    });

  return {
    find: (caller: Caller, shift: string) => db.queryOne<FoundHandover>(caller, handoverOf(shift)),

    offer: (caller: Caller, shift: string, remark: string | undefined, permit: Permit): Promise<string> =>
      change(caller, shift, permit, async (tx) => {
        await tx.query(
          update(
            shift,
            sql`offers = offers + 1, offered_at = clock_timestamp(), offered_by = ${signerOf(caller)},
              remark = ${remark}, is_complete = true`,
          ),
        );
        const { isComplete } = await tx.queryOne<{ isComplete: boolean }>(addItems(caller, shift));
        if (!isComplete) await tx.query(update(shift, sql`is_complete = false`));
        return read(tx, shift);
      }),

    withdraw: (caller: Caller, shift: string, permit: Permit): Promise<void> =>
      change(caller, shift, permit, async (tx) => {
        await tx.query(writing`DELETE FROM ${view.shiftItem} AS i WHERE i.shift = ${shift}`);
        await tx.query(
          update(shift, sql`offered_at = NULL, offered_by = NULL, remark = NULL, is_complete = NULL`),
        );
      }),

    confirm: (caller: Caller, shift: string, permit: Permit): Promise<string> =>
      change(caller, shift, permit, async (tx) => {
        await tx.query(update(shift, sql`closed_at = clock_timestamp(), closed_by = ${signerOf(caller)}`));
        return read(tx, shift);
      }),
  };
};
export type HandoverStore = ReturnType<typeof handoverStore>;

const update = (shift: string, changes: Sql): Sql =>
  writing`UPDATE ${view.shift} SET ${changes}, updated_at = clock_timestamp() WHERE id = ${shift}`;

async function read(tx: Transaction, shift: string): Promise<string> {
  const { text } = await tx.queryOne<FoundHandover>(handoverOf(shift));
  return text!;
}

/** One row, also for a shift that the caller does not see. */
const handoverOf = (shift: string): Sql => sql`
  SELECT s.concern IS NOT NULL AS "isKnown", s.concern AS seen_one, s.concern AS seen_target, i.seen,
    CASE WHEN s.offered_at IS NOT NULL THEN json_build_object('shift', s.id, 'state', s.state, 'offer', s.offers,
      'remark', s.remark, 'offeredAt', tripoint.utc(s.offered_at), 'offeredBy', s.offered_by,
      'closedAt', tripoint.utc(s.closed_at), 'closedBy', s.closed_by, 'isComplete', s.is_complete,
      'items', i.items)::text END AS text
  FROM (SELECT ${shift}::uuid AS id) AS w
  LEFT JOIN ${view.shift} AS s ON s.id = w.id
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('kind', o.kind, 'id', o.id, 'incident', o.incident, 'segment', o.segment,
        'dueAt', tripoint.utc(o.due_at), 'overdue', coalesce(o.due_at < s.offered_at, false))
        ORDER BY o.due_at, o.kind, o.id), '[]') AS items, ${seenInAll(sql`o.concern`)}
    FROM (
      SELECT o.kind, o.id, o.incident, o.due_at, o.concern, r.segment FROM ${view.shiftItem} AS o
      LEFT JOIN ${view.reaction} AS r ON o.kind = 'reaction' AND r.id = o.id
      WHERE o.shift = w.id
    ) AS o
  ) AS i`;
