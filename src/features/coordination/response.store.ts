import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { PageRequest } from '../../core/page.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { sql, writing } from '../../db/sql.ts';
import { responseColumns, responseMembers } from './coordination.followed.sql.ts';
import { type IncidentAccess, listOfIncident, readIncidentAccess } from './incident.access.sql.ts';
import type { StoredResponse } from './response.permission.ts';
import type { NewResponse, ResponseState } from './response.schema.ts';

const response = sql`json_build_object('id', r.id, ${responseMembers})::text`;

/** Oldest first. */
const responses: Layer = {
  columns: responseColumns,
  from: sql`${view.response} AS p`,
  id: sql`p.id`,
  feature: response,
  keys: [
    { column: sql`p.created_at`, type: 'timestamptz' },
    { column: sql`p.id`, type: 'uuid' },
  ],
  key: sql`r.created_at, r.id`,
  concern: sql`p.concern`,
};

export const responseStore = (db: Database) => ({
  list: (caller: Caller, incident: string, page: PageRequest) =>
    listOfIncident(db, caller, { layer: responses, incident, where: sql`p.incident = ${incident}`, page }),

  /** `permit` throws to refuse. */
  add: (
    caller: Caller,
    incident: string,
    { kind, state, text }: NewResponse,
    permit: (access: IncidentAccess | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      permit(await readIncidentAccess(tx, incident));
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.response} (id, incident, agency, kind, state, text)
        VALUES (${id}, ${incident}, ${caller.agency}, ${kind}, ${state}, ${text})`);
      return read(tx, id);
    }),

  change: (
    caller: Caller,
    { incidentId, responseId }: { incidentId: string; responseId: string },
    state: ResponseState,
    permit: (given: StoredResponse | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      const [given] = await tx.query<StoredResponse>(sql`
        SELECT r.agency, r.state, ${seenInOne(sql`r.concern`)} FROM ${view.response} AS r
        WHERE r.id = ${responseId} AND r.incident = ${incidentId} FOR NO KEY UPDATE`);
      permit(given);
      if (given!.state !== state)
        await tx.query(writing`
          UPDATE ${view.response} SET state = ${state}, updated_at = clock_timestamp() WHERE id = ${responseId}`);
      return read(tx, responseId);
    }),
});
export type ResponseStore = ReturnType<typeof responseStore>;

async function read(tx: Transaction, id: string): Promise<string> {
  const row = await tx.queryOne<{ text: string }>(
    sql`SELECT ${response} AS text, ${NOTHING_SEEN} FROM ${view.response} AS r WHERE r.id = ${id}`,
  );
  return row.text;
}
