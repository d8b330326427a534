import { v7 as uuidv7 } from 'uuid';
import { type Caller, COUNTRY_CODES } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Layer, listFeatures } from '../../db/layer.ts';
import { all, sql, when, writing } from '../../db/sql.ts';
import { isLate, requestColumns, requestMembers } from './coordination.followed.sql.ts';
import { type IncidentAccess, readIncidentAccess } from './incident.access.sql.ts';
import type { Recipient, StoredRequest } from './request.permission.ts';
import type { NewRequest, RequestChange, RequestQuery } from './request.schema.ts';

const request = sql`json_build_object('id', r.id, ${requestMembers})::text`;

/** Earliest deadline first. */
const requests: Layer = {
  columns: requestColumns,
  from: sql`${view.request} AS q`,
  id: sql`q.id`,
  feature: request,
  keys: [
    { column: sql`q.due_at`, type: 'timestamptz' },
    { column: sql`q.id`, type: 'uuid' },
  ],
  key: sql`r.due_at, r.id`,
  concern: sql`q.concern`,
};

export const requestStore = (db: Database) => ({
  list: (caller: Caller, { state, overdue, to, from, incident, ...page }: RequestQuery): Promise<Page> =>
    listFeatures(
      db,
      caller,
      requests,
      all(
        when(state, (words) => sql`q.state = ANY (${words}::text[])`),
        when(overdue, (late) => sql`${isLate} = ${late}`),
        when(to, (id) => sql`${id} = ANY (q.recipients)`),
        when(from, (id) => sql`${id} IN (q.agency, q.country)`),
        when(incident, (id) => sql`q.incident = ${id}`),
      ),
      page,
    ),

  /** `permit` throws to refuse. */
  add: (
    caller: Caller,
    incident: string,
    { kind, needs, to, dueAt, text }: NewRequest,
    permit: (found: { access: IncidentAccess | undefined; recipients: Recipient[] }) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      permit({ access: await readIncidentAccess(tx, incident), recipients: await readRecipients(tx, to) });
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.request} (id, incident, agency, kind, needs, recipients, due_at, text)
        VALUES (${id}, ${incident}, ${caller.agency}, ${kind}, ${needs}, ${to}, ${dueAt}, ${text})`);
      return read(tx, id);
    }),

  change: (
    caller: Caller,
    id: string,
    { state, answer }: RequestChange,
    permit: (asked: StoredRequest | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      const [asked] = await tx.query<StoredRequest>(sql`
        SELECT q.agency, q.recipients AS to, q.state, ${seenInOne(sql`q.concern`)} FROM ${view.request} AS q
        WHERE q.id = ${id} FOR NO KEY UPDATE`);
      permit(asked);
      await tx.query(writing`
        UPDATE ${view.request} SET state = ${state}, updated_at = clock_timestamp(),
          answer = coalesce(${answer}, answer),
          answered_by = CASE WHEN ${state}::text = 'withdrawn' THEN answered_by ELSE ${caller.agency} END
        WHERE id = ${id}`);
      return read(tx, id);
    }),
});
export type RequestStore = ReturnType<typeof requestStore>;

/** In the order of the input. */
async function readRecipients(tx: Transaction, ids: readonly string[]): Promise<Recipient[]> {
  const agencies = await tx.query<Recipient>(
    sql`SELECT a.id, a.country FROM agency AS a WHERE a.id = ANY (${ids})`,
  );
  const countries = COUNTRY_CODES.map((code) => ({ id: code as string, country: code as string }));
  const known = new Map([...agencies, ...countries].map(({ id, country }) => [id, country]));
  return ids.map((id) => ({ id, country: known.get(id) }));
}

async function read(tx: Transaction, id: string): Promise<string> {
  const row = await tx.queryOne<{ text: string }>(sql`
    SELECT ${request} AS text, ${NOTHING_SEEN} FROM (SELECT ${requestColumns} FROM ${view.request} AS q WHERE q.id = ${id}) AS r`);
  return row.text;
}
