import { v7 as uuidv7 } from 'uuid';
import { type Caller, COUNTRY_CODES } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Layer, listFeatures } from '../../db/layer.ts';
import { all, quoted, sql, when, writing } from '../../db/sql.ts';
import { isLate, requestColumns, requestMembers } from './coordination.followed.sql.ts';
import type { Recipient, StoredRequest } from './request.permission.ts';
import type { NewRequest, RequestChange, RequestQuery } from './request.schema.ts';
import { getSubjectAccess } from './request.subject.sql.ts';
import type { RequestSubject, SubjectAccess } from './request.subject.ts';

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
  list: (
    caller: Caller,
    { state, overdue, to, from, incident, zone, segment, crossing, ...page }: RequestQuery,
  ): Promise<Page> =>
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
        when(zone, (id) => sql`q.zone = ${id}`),
        when(segment, (id) => sql`q.segment = ${id}`),
        when(crossing, (id) => sql`q.crossing = ${id}`),
      ),
      page,
    ),

  async find(caller: Caller, id: string): Promise<string | undefined> {
    const [row] = await db.query<{ text: string }>(
      caller,
      sql`SELECT ${request} AS text, ${seenInOne(sql`r.concern`)}
          FROM (SELECT ${requestColumns}, q.concern FROM ${view.request} AS q WHERE q.id = ${id}) AS r`,
    );
    return row?.text;
  },

  /** `permit` throws to refuse. */
  add: (
    caller: Caller,
    subject: RequestSubject,
    { kind, needs, to, dueAt, text }: NewRequest,
    permit: (found: { access: SubjectAccess; recipients: Recipient[] }) => void,
  ): Promise<{ id: string; text: string }> =>
    db.transaction(caller, async (tx) => {
      permit({ access: await getSubjectAccess(tx, subject), recipients: await readRecipients(tx, to) });
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.request} (id, ${quoted(subject.noun)}, agency, kind, needs, recipients, due_at, text)
        VALUES (${id}, ${subjectValue(subject)}, ${caller.agency}, ${kind}, ${needs}, ${to}, ${dueAt}, ${text})`);
      return { id, text: await read(tx, id) };
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

const subjectValue = (subject: RequestSubject) =>
  subject.noun === 'place'
    ? sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(subject.place)}::text), 4326)`
    : subject.id;

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
