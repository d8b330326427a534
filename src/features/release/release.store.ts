import type { Caller, CountryCode } from '../../core/caller.ts';
import { incidentConcern, NOTHING_SEEN, reportConcern, seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import type { Label, Viewer } from '../label.audience.ts';
import type { OwnedRow } from '../label.permission.ts';
import type { CollectionName } from './release.schema.ts';

/** The current label, for a change. */
export interface LabelledRow extends OwnedRow, Label {
  /** Of a zone: participants of any current revision. */
  participants: readonly CountryCode[];
  /** A report without its own label. */
  followsIncident: boolean;
}

export const releaseStore = (db: Database) => ({
  /** Sets the label that `decide` returns for the current, locked row; undefined leaves it unchanged. */
  release: (
    caller: Caller,
    collection: CollectionName,
    id: string,
    decide: (current: LabelledRow | undefined) => Label | undefined,
  ): Promise<void> =>
    db.transaction(caller, async (tx) => {
      // serialises with proposals, which may change the participants
      if (collection === 'zones') await tx.query(sql`SELECT lock_zone(${id})`);
      const [current] = await tx.query<LabelledRow>(LOCKS[collection](id));
      const label = decide(current);
      if (label) await tx.query(updateStatement(collection, id, label));
    }),

  /** The incident of a report that the caller sees. */
  async findIncidentOf(caller: Caller, report: string): Promise<string | undefined> {
    const [row] = await db.query<{ incident: string }>(
      caller,
      // the next read of the report is audited
      sql`SELECT r.incident, ${NOTHING_SEEN} FROM ${view.report} AS r WHERE r.id = ${report}`,
    );
    return row?.incident;
  },

  /** The viewers that see each of the given zones in force, if the caller does. */
  async findZoneViewers(caller: Caller, zones: readonly string[]): Promise<Map<string, Viewer[]>> {
    const rows = await db.query<{ id: string; viewers: Viewer[] }>(
      caller,
      // the read of the incident has already audited them
      sql`SELECT z.id, ${call.zoneViewers}(z.id) AS viewers, ${NOTHING_SEEN} FROM ${view.zone} AS z WHERE z.id = ANY (${zones}::text[])`,
    );
    return new Map(rows.map(({ id, viewers }) => [id, viewers]));
  },
});
export type ReleaseStore = ReturnType<typeof releaseStore>;

// NO KEY, like the other writers of these rows.
const LOCKS: Record<CollectionName, (id: string) => Sql> = {
  incidents: (id) => sql`
    SELECT i.owner, i.agency, i.tlp, i.releasable_to AS "releasableTo", '{}'::text[] AS participants,
           false AS "followsIncident", ${seenInOne(incidentConcern(sql`i`))}
    FROM ${view.incident} AS i WHERE i.id = ${id} FOR NO KEY UPDATE`,
  zones: (id) => sql`
    SELECT z.country AS owner, z.agency, z.tlp, z.releasable_to AS "releasableTo", ARRAY(
             SELECT DISTINCT p.country FROM ${view.zoneRevision} AS v CROSS JOIN unnest(v.participants) AS p (country)
             WHERE v.id = z.id AND NOT v.is_replaced) AS participants,
           false AS "followsIncident", ${seenInOne(zoneConcern(sql`z`))}
    FROM ${view.zone} AS z WHERE z.id = ${id} FOR NO KEY UPDATE`,
  reports: (id) => sql`
    SELECT r.owner, r.agency, coalesce(r.tlp, i.tlp) AS tlp, '{}'::text[] AS participants,
           CASE WHEN r.tlp IS NULL THEN i.releasable_to ELSE r.releasable_to END AS "releasableTo",
           r.tlp IS NULL AS "followsIncident", ${seenInOne(reportConcern(sql`r`, sql`i`))}
    FROM ${view.report} AS r JOIN (
      SELECT i.id, i.tlp, i.releasable_to, ${incidentConcern(sql`i`)} AS concern FROM ${view.incident} AS i
    ) AS i ON i.id = r.incident
    WHERE r.id = ${id} FOR NO KEY UPDATE OF r`,
};

const TABLES: Record<CollectionName, Sql> = {
  incidents: writing`UPDATE ${view.incident}`,
  reports: writing`UPDATE ${view.report}`,
  zones: writing`UPDATE ${view.zone}`,
};

const updateStatement = (collection: CollectionName, id: string, { tlp, releasableTo }: Label): Sql =>
  sql`${TABLES[collection]} SET tlp = ${tlp}, releasable_to = ${releasableTo}::text[] WHERE id = ${id}`;
