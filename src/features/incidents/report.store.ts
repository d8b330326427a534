import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import { incidentConcern, NOTHING_SEEN, reportConcern, seenInAll, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { fromGeoJson } from '../../db/spatial.ts';
import { type Sql, sql, writing } from '../../db/sql.ts';
import type { NewIncident } from './incident.content.ts';
import { nestedProperties } from './incident.fields.sql.ts';
import { incidentVersion } from './incident.sql.ts';
import type { IncidentState } from './incident.vocabulary.ts';
import type { NewReport } from './report.schema.ts';

const MOST_REPORTS = 10_000; // per answer

// Over the aliases of a report and its incident.
const report = sql`json_build_object(
  'id', r.id, 'incident', r.incident, 'agency', r.agency, 'at', tripoint.utc(r.at),
  'recordedAt', tripoint.utc(r.recorded_at), 'text', r.text, 'severity', r.severity, 'certainty', r.certainty,
  'counts', r.counts, 'state', r.state, 'geometry', ST_AsGeoJSON(r.point, 6)::json,
  'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'owner', r.owner, 'tlp', coalesce(r.tlp, i.tlp),
  'releasableTo', CASE WHEN r.tlp IS NULL THEN i.releasable_to ELSE r.releasable_to END,
  'followsIncident', r.tlp IS NULL)`;
const concern = reportConcern(sql`r`, sql`i`);

export const reportStore = (db: Database) => ({
  /** All reports of an incident as JSON array text; undefined if there is no such incident. */
  async list(caller: Caller, incident: string): Promise<string | undefined> {
    const [row] = await db.query<{ reports: string }>(
      caller,
      sql`
        SELECT l.reports, l.seen, CASE l.found WHEN 0 THEN i.concern ELSE 0 END AS seen_one, i.concern AS seen_target
        FROM ${incidentRow(incident)}
        CROSS JOIN LATERAL (
          SELECT coalesce(json_agg(${report} ORDER BY r.at, r.id), '[]')::text AS reports, count(*)::int AS found,
                 ${seenInAll(concern)}
          FROM (
            SELECT r.id, r.incident, r.agency, r.at, r.recorded_at, r.text, r.severity, r.certainty, r.counts, r.state,
                   r.point, r.horizontal_accuracy_m, r.owner, r.tlp, r.releasable_to
            FROM ${view.report} AS r WHERE r.incident = i.id ORDER BY r.at, r.id LIMIT ${MOST_REPORTS}::int
          ) AS r) AS l`,
    );
    return row?.reports;
  },

  async find(caller: Caller, incident: string, id: string): Promise<string | undefined> {
    const [row] = await db.query<{ report: string }>(
      caller,
      sql`SELECT ${report}::text AS report, ${concern} AS seen_one, i.concern AS seen_target
        FROM ${incidentRow(incident)} JOIN ${view.report} AS r ON r.incident = i.id WHERE r.id = ${id}`,
    );
    return row?.report;
  },

  /**
   * Adds a report. `decide` gets the current, locked incident, returns the report, if any, and throws to refuse.
   */
  add: (
    caller: Caller,
    incident: string,
    decide: (current: StoredIncident | undefined) => NewReport | undefined,
  ): Promise<AddedReport> =>
    db.transaction(caller, async (tx) => {
      const current = await lock(tx, incident);
      const said = decide(current);
      if (!said) return { version: current?.version };
      const id = uuidv7();
      await tx.query(insertStatement(caller, incident, id, said));
      if (touchesIncident(said)) await tx.query(reviseStatement(incident, said));
      const row = await tx.queryOne<{ report: string; version: string }>(
        sql`SELECT ${report}::text AS report, ${incidentVersion} AS version, ${NOTHING_SEEN}
            FROM ${view.report} AS r JOIN ${view.incident} AS i ON i.id = r.incident WHERE r.id = ${id}`,
      );
      return { version: row.version, report: { id, text: row.report } };
    }),
});
export type ReportStore = ReturnType<typeof reportStore>;

export interface StoredIncident {
  state: IncidentState;
  owner: string;
  version: string;
  /** In the form of the input. */
  content: Partial<NewIncident['properties']>;
  at: [lon: number, lat: number];
}

export interface AddedReport {
  /** New version of the incident; undefined if the caller does not see it. */
  version: string | undefined;
  /** Absent if there was nothing to report. */
  report?: { id: string; text: string };
}

const incidentRow = (incident: string): Sql =>
  sql`(SELECT i.id, i.tlp, i.releasable_to, ${incidentConcern(sql`i`)} AS concern FROM ${view.incident} AS i
       WHERE i.id = ${incident}) AS i`;

const content = sql`json_strip_nulls(${nestedProperties(sql`i`, 'reported')})`;

/** The incident's revision must not reveal a text that some of its viewers do not see. */
const touchesIncident = ({ tlp, at: _, text: __, releasableTo: ___, ...changes }: NewReport): boolean =>
  tlp === undefined || Object.values(changes).some((value) => value !== undefined);

// NO KEY: a concurrent zone writer references the incident, and a stronger lock would deadlock with it.
async function lock(tx: Transaction, incident: string): Promise<StoredIncident | undefined> {
  const [row] = await tx.query<StoredIncident>(
    sql`SELECT i.state, i.owner, ${incidentVersion} AS version, ${content} AS content,
               ARRAY[ST_X(i.point), ST_Y(i.point)] AS at, ${seenInOne(incidentConcern(sql`i`))}
        FROM ${view.incident} AS i WHERE i.id = ${incident} FOR NO KEY UPDATE`,
  );
  return row;
}

const pointOf = ({ geometry }: NewReport): Sql => (geometry ? fromGeoJson(geometry) : sql`NULL::geometry`);

const insertStatement = (caller: Caller, incident: string, id: string, said: NewReport): Sql => writing`
  INSERT INTO ${view.report} (id, incident, agency, at, text, severity, certainty, state, counts, point, horizontal_accuracy_m,
    tlp, releasable_to)
  VALUES (${id}, ${incident}, ${caller.agency}, coalesce(${said.at}::timestamptz, now()), ${said.text},
    ${said.severity}, ${said.certainty}, ${said.state}, ${said.counts && JSON.stringify(said.counts)},
    ${pointOf(said)}, ${said.horizontalAccuracyMetres}, ${said.tlp}, ${said.releasableTo ?? []})`;

// Counts are one unit: a new value replaces all three numbers.
const reviseStatement = (incident: string, said: NewReport): Sql => {
  const { counts } = said;
  const keeps = counts === undefined;
  return writing`
    UPDATE ${view.incident} SET
      severity = coalesce(${said.severity}, severity),
      certainty = coalesce(${said.certainty}, certainty),
      state = coalesce(${said.state}, state),
      counts_best = CASE WHEN ${keeps} THEN counts_best ELSE ${counts?.best}::int END,
      counts_low = CASE WHEN ${keeps} THEN counts_low ELSE ${counts?.low}::int END,
      counts_high = CASE WHEN ${keeps} THEN counts_high ELSE ${counts?.high}::int END,
      point = coalesce(${pointOf(said)}, point),
      horizontal_accuracy_m = coalesce(${said.horizontalAccuracyMetres}::float, horizontal_accuracy_m)
    WHERE id = ${incident}`;
};
