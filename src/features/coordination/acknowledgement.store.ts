import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { sql, writing } from '../../db/sql.ts';
import { acknowledgementMembers } from './coordination.followed.sql.ts';
import { type IncidentAccess, listOfIncident, readIncidentAccess } from './incident.access.sql.ts';

const MOST = 1000; // at most one per agency

const acknowledgement = sql`json_build_object(${acknowledgementMembers})::text`;

/** Oldest first. */
const acknowledgements: Layer = {
  columns: sql`a.agency, a.country, a.at`,
  from: sql`${view.acknowledgement} AS a`,
  id: sql`a.agency`,
  feature: acknowledgement,
  keys: [
    { column: sql`a.at`, type: 'timestamptz' },
    { column: sql`a.agency`, type: 'text' },
  ],
  key: sql`r.at, r.agency`,
  concern: sql`a.concern`,
};

export const acknowledgementStore = (db: Database) => ({
  list: (caller: Caller, incident: string): Promise<Page | undefined> =>
    listOfIncident(db, caller, {
      layer: acknowledgements,
      incident,
      where: sql`a.incident = ${incident}`,
      page: { limit: MOST },
    }),

  /** The first acknowledgement of an agency counts; `permit` throws to refuse. */
  add: (caller: Caller, incident: string, permit: (access: IncidentAccess | undefined) => void) =>
    db.transaction(caller, async (tx) => {
      permit(await readIncidentAccess(tx, incident));
      const added = await tx.query(writing`
        INSERT INTO ${view.acknowledgement} (incident, agency) VALUES (${incident}, ${caller.agency})
        ON CONFLICT DO NOTHING RETURNING agency`);
      const row = await tx.queryOne<{ text: string }>(sql`
        SELECT ${acknowledgement} AS text, ${NOTHING_SEEN} FROM ${view.acknowledgement} AS r
        WHERE r.incident = ${incident} AND r.agency = ${caller.agency}`);
      return { isNew: added.length > 0, text: row.text };
    }),
});
export type AcknowledgementStore = ReturnType<typeof acknowledgementStore>;
