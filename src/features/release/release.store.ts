import type { Caller, CountryCode } from '../../core/caller.ts';
import { incidentConcern, NOTHING_SEEN, reportConcern, seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { nothing, type Sql, sql, writing } from '../../db/sql.ts';
import type { Label, Viewer } from '../label.audience.ts';
import type { OwnedRow } from '../label.permission.ts';
import type { CollectionName } from './release.schema.ts';

/** What a label is about. */
export interface LabelledKey {
  collection: CollectionName;
  id: string;
}

/** The current label, for a change. */
export interface LabelledRow extends OwnedRow, Label {
  id: string;
  /** Of a zone: participants of any current revision. */
  participants: readonly CountryCode[];
  /** A report without its own label. */
  followsIncident: boolean;
}

export const releaseStore = (db: Database) => ({
  /**
   * Sets the labels that `decide` returns for the current, locked rows, in the order of the keys; undefined leaves one
   * unchanged. All or none: it throws to refuse.
   */
  release: (
    caller: Caller,
    keys: readonly LabelledKey[],
    decide: (current: readonly (LabelledRow | undefined)[]) => readonly (Label | undefined)[],
  ): Promise<void> =>
    db.transaction(caller, async (tx) => {
      const locked = new Map<string, LabelledRow>();
      for (const collection of IN_ORDER) {
        const ids = idsOf(keys, collection);
        if (ids.length === 0) continue;
        // serialises with proposals, which may change the participants
        if (collection === 'zones')
          await tx.query(sql`SELECT lock_zone(z.id) FROM unnest(${ids}::text[]) AS z (id) ORDER BY z.id`);
        for (const row of await tx.query<LabelledRow>(LOCKS[collection](ids)))
          locked.set(`${collection} ${row.id}`, row);
      }
      const labels = decide(keys.map(({ collection, id }) => locked.get(`${collection} ${id}`)));
      const changed = keys.flatMap((key, n) => (labels[n] ? { ...key, ...labels[n] } : []));
      for (const collection of IN_ORDER) {
        const rows = changed.filter((one) => one.collection === collection);
        if (rows.length > 0) await tx.query(updateStatement(collection, rows));
      }
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

// Reports first: one that stays behind its incident does so before that is widened.
const IN_ORDER = ['reports', 'incidents', 'zones'] as const;

const idsOf = (keys: readonly LabelledKey[], wanted: CollectionName): string[] =>
  keys.flatMap(({ collection, id }) => (collection === wanted ? id : []));

// NO KEY, like the other writers of these rows; ordered, so that two releases of the same rows do not wait for each other
const LOCKS: Record<CollectionName, (ids: readonly string[]) => Sql> = {
  incidents: (ids) => sql`
    SELECT i.id, i.owner, i.agency, i.tlp, i.releasable_to AS "releasableTo", '{}'::text[] AS participants,
           false AS "followsIncident", ${seenInOne(incidentConcern(sql`i`))}
    FROM ${view.incident} AS i WHERE i.id = ANY (${ids}::uuid[]) ORDER BY i.id FOR NO KEY UPDATE`,
  zones: (ids) => sql`
    SELECT z.id, z.country AS owner, z.agency, z.tlp, z.releasable_to AS "releasableTo", ARRAY(
             SELECT DISTINCT p.country FROM ${view.zoneRevision} AS v CROSS JOIN unnest(v.participants) AS p (country)
             WHERE v.id = z.id AND NOT v.is_replaced) AS participants,
           false AS "followsIncident", ${seenInOne(zoneConcern(sql`z`))}
    FROM ${view.zone} AS z WHERE z.id = ANY (${ids}::text[]) ORDER BY z.id FOR NO KEY UPDATE`,
  reports: (ids) => sql`
    SELECT r.id, r.owner, r.agency, coalesce(r.tlp, i.tlp) AS tlp, '{}'::text[] AS participants,
           CASE WHEN r.tlp IS NULL THEN i.releasable_to ELSE r.releasable_to END AS "releasableTo",
           r.tlp IS NULL AS "followsIncident", ${seenInOne(reportConcern(sql`r`, sql`i`))}
    FROM ${view.report} AS r JOIN (
      SELECT i.id, i.tlp, i.releasable_to, ${incidentConcern(sql`i`)} AS concern FROM ${view.incident} AS i
    ) AS i ON i.id = r.incident
    WHERE r.id = ANY (${ids}::uuid[]) ORDER BY r.id FOR NO KEY UPDATE OF r`,
};

const TABLES: Record<CollectionName, Sql> = {
  incidents: writing`UPDATE ${view.incident}`,
  reports: writing`UPDATE ${view.report}`,
  zones: writing`UPDATE ${view.zone}`,
};

/** One statement; its triggers write an entry of the audit log for each row. */
const updateStatement = (collection: CollectionName, rows: readonly (LabelledKey & Label)[]): Sql => sql`
  ${TABLES[collection]} AS t SET tlp = n.tlp, releasable_to = n."releasableTo"
  FROM json_to_recordset(${JSON.stringify(rows)}::json) AS n (id text, tlp text, "releasableTo" text[])
  WHERE t.id = n.id${collection === 'zones' ? nothing : sql`::uuid`}`;
