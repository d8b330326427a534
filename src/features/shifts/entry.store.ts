import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { NOTHING_SEEN } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Layer, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { sql, writing } from '../../db/sql.ts';
import { type StoredShift, signerOf } from './shift.lifecycle.ts';
import { lockShift } from './shift.store.ts';

const entry = sql`json_build_object('id', r.id, 'kind', r.kind, 'at', tripoint.utc(r.at), 'by', r.signer, 'text', r.text,
  'action', r.action, 'operation', r.operation, 'collection', r.collection, 'target', r.target, 'rows', r.row_count)::text`;

const noteColumns = sql`n.id, n.shift, 'note' AS kind, n.at, n.signer, n.text, NULL AS action, NULL AS operation,
  NULL AS collection, NULL AS target, NULL::int AS row_count, n.concern`;

/** Notes, and acts from the audit log; oldest first. */
const entries: Layer = {
  columns: sql`e.id, e.kind, e.at, e.signer, e.text, e.action, e.operation, e.collection, e.target, e.row_count`,
  from: sql`(
    SELECT ${noteColumns} FROM ${view.shiftNote} AS n
    UNION ALL
    SELECT a.id, a.shift, 'act', a.at, a.signer, NULL, a.action, a.operation, a.collection, a.target, a.row_count, a.concern
    FROM ${view.shiftAct} AS a
  ) AS e`,
  id: sql`e.id`,
  feature: entry,
  keys: [
    { column: sql`e.at`, type: 'timestamptz' },
    { column: sql`e.id`, type: 'uuid' },
  ],
  key: sql`r.at, r.id`,
  concern: sql`e.concern`,
};

export const entryStore = (db: Database) => ({
  /** undefined: the caller sees no such shift. */
  async list(caller: Caller, shift: string, page: PageRequest): Promise<Page | undefined> {
    const row = await db.queryOne<PageRow & { is_known: boolean }>(
      caller,
      sql`SELECT p.*, s.concern IS NOT NULL AS is_known, s.concern AS seen_target
          FROM (${listStatement(entries, sql`e.shift = ${shift}`, page)}) AS p
          LEFT JOIN (SELECT s.concern FROM ${view.shift} AS s WHERE s.id = ${shift}) AS s ON true`,
    );
    return row.is_known ? toPage(row, page.limit) : undefined;
  },

  /** `permit` throws to refuse. */
  addNote: (
    caller: Caller,
    shift: string,
    text: string,
    permit: (shift: StoredShift | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      permit(await lockShift(tx, shift));
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.shiftNote} (id, shift, signer, text)
        VALUES (${id}, ${shift}, ${signerOf(caller)}, ${text})`);
      const row = await tx.queryOne<{ text: string }>(sql`
        SELECT ${entry} AS text, ${NOTHING_SEEN}
        FROM (SELECT ${noteColumns} FROM ${view.shiftNote} AS n WHERE n.id = ${id}) AS r`);
      return row.text;
    }),
});
export type EntryStore = ReturnType<typeof entryStore>;
