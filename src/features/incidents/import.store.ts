import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { all, listed, quoted, Sql, sql, writing } from '../../db/sql.ts';
import { CRS84 } from '../../geometry/crs.ts';
import { hashOf, type NewIncident } from './incident.content.ts';
import { columnsOf, flatContent } from './incident.fields.sql.ts';
import { type FlatField, reportedFields } from './incident.fields.ts';
import { statesAfter } from './incident.lifecycle.ts';
import { INCIDENT_STATES, type IncidentState } from './incident.vocabulary.ts';

export interface ImportRow {
  line: number;
  incident: NewIncident;
  state: IncidentState | undefined;
  /** From a download: it is compared with the incident as it is now, not with what its source said last. */
  isExported: boolean;
}

export interface BatchResult {
  accepted: number;
  updated: number;
  unchanged: number;
  /** Lines whose id or identity was already taken. */
  taken: number[];
  /** Lines that would widen the label of a known incident without permission. */
  tooWide: number[];
  /** Lines whose state may not follow that of the incident; `from` is null for new distress that is closed. */
  stuck: { line: number; from: IncidentState | null; to: IncidentState }[];
}

/** The identity of a line: that in the source, else the id, else the content. */
export function identityOf(incident: NewIncident): { id: string | null; externalId: string | null } {
  const { id = null, properties } = incident;
  if (properties.externalId) return { id, externalId: properties.externalId };
  return { id, externalId: id ? null : `sha256:${hashOf(incident).toString('hex').slice(0, 40)}` };
}

const toRecord = ({ line, incident, state, isExported }: ImportRow) => {
  const { id, externalId } = identityOf(incident);
  const [lon, lat] = incident.geometry.coordinates;
  const hash = hashOf(incident).toString('hex');
  const content = { ...flatContent(incident.properties), externalId };
  const ids = { id: id ?? uuidv7(), given: id, report: uuidv7() };
  return { line, ...ids, lon, lat, hash, state, exported: isExported, ...content };
};

const columns = sql`line int, id uuid, given uuid, report uuid, lon float, lat float, hash text, state text, exported boolean,
  ${listed(reportedFields.map(({ name, type }) => sql`${quoted(name)} ${new Sql([type], [])}`))}`;

const sent = ({ name }: FlatField): Sql => sql`n.${quoted(name)}`;
const values = listed(reportedFields.map(sent));
const stored = ({ column }: FlatField): Sql => sql`i.${quoted(column)}`;

/** Whether a value is what downloads show of the stored one, as it is read back. */
const isAsShown = (field: FlatField): Sql => {
  const [was, is] = [stored(field), sent(field)];
  if (field.type === 'timestamptz') return sql`date_trunc('milliseconds', ${was}) IS NOT DISTINCT FROM ${is}`;
  if (field.type === 'text[]') return sql`${was} @> ${is} AND ${was} <@ ${is}`;
  if (field.type !== 'text') return sql`${was} IS NOT DISTINCT FROM ${is}`;
  return sql`${asCell(was)} IS NOT DISTINCT FROM ${asCell(is)}`;
};

/** CSV knows no empty text, and its readers turn line ends to those of their system. */
const asCell = (text: Sql): Sql => sql`nullif(replace(${text}, E'\\r\\n', E'\\n'), '')`;

/** What an import takes over: a value that is as shown keeps its further digits. */
const changeOf = (field: FlatField): Sql => {
  // an import gives an incident an identity in its source, and takes none away
  if (field.name === 'externalId') return sql`coalesce(${sent(field)}, ${stored(field)})`;
  if (!['timestamptz', 'text'].includes(field.type)) return sent(field);
  return sql`CASE WHEN ${isAsShown(field)} THEN ${stored(field)} ELSE ${sent(field)} END`;
};

const point = sql`ST_SetSRID(ST_MakePoint(n.lon, n.lat), 4326)`;
const isAtPlaceShown = sql`ST_AsText(i.point, ${CRS84.decimals}::int) = ST_AsText(${point}, ${CRS84.decimals}::int)`;

const isSameContent = all(
  ...reportedFields.map((field) =>
    field.name === 'externalId'
      ? sql`(n."externalId" IS NULL OR ${isAsShown(field)})`
      : sql`(${isAsShown(field)})`,
  ),
  isAtPlaceShown,
);
/** A source that repeats itself does not undo reports; a download says what the incident is. */
const isSame = sql`((NOT n.exported AND i.content_hash = decode(n.hash, 'hex')) OR ${isSameContent})
  AND coalesce(n.state = i.state, true)`;

const TRANSITIONS = INCIDENT_STATES.flatMap((from) =>
  [from, ...statesAfter(from)].map((to) => `${from} ${to}`),
);
const isStuck = sql`NOT coalesce(i.state || ' ' || n.state = ANY (${TRANSITIONS}::text[]), true)`;

const changes = listed(reportedFields.map((field) => sql`${quoted(field.column)} = ${changeOf(field)}`));

/** Distress ends with an outcome, which no file states. */
const isClosedDistress = sql`(n.kind = 'distress' AND n.state IS NOT DISTINCT FROM 'closed')`;

/** The database refuses a wider audience too; this check first keeps the other lines of the set unaffected. */
const isTooWide = (roles: Caller['roles']): Sql =>
  roles.includes('coordinator')
    ? sql`false`
    : sql`tripoint.is_wider(tripoint.audience(i.tlp, i.owner, i.releasable_to), tripoint.audience(n.tlp, i.owner, n."releasableTo"))`;

/**
 * One set of lines in one statement: new ones are inserted, known ones with changed content updated, with a report. Both
 * in a fixed order, so that two imports of the same file do not deadlock.
 */
const batchStatement = ({ agency, country, roles }: Caller, rows: readonly ImportRow[]): Sql => writing`
  WITH input AS MATERIALIZED (
    SELECT n.* FROM json_to_recordset(${JSON.stringify(rows.map(toRecord))}::json) AS n (${columns})
  ), known AS MATERIALIZED (
    SELECT n.line, i.id, i.state AS was, ${isSame} AS is_same, ${isTooWide(roles)} AS is_too_wide, ${isStuck} AS is_stuck
    FROM input AS n JOIN ${view.incident} AS i
      ON i.agency = ${agency} AND i.source = n.source AND i.external_id = n."externalId"
    UNION ALL
    SELECT n.line, i.id, i.state, ${isSame}, ${isTooWide(roles)}, ${isStuck}
    FROM input AS n JOIN ${view.incident} AS i ON i.id = n.given AND i.agency = ${agency}
    WHERE NOT EXISTS (SELECT 1 FROM ${view.incident} AS e
                      WHERE e.agency = ${agency} AND e.source = n.source AND e.external_id = n."externalId")
  ), changing AS MATERIALIZED (
    SELECT k.line, k.id, k.was FROM known AS k WHERE NOT k.is_same AND NOT k.is_too_wide AND NOT k.is_stuck
  ), changed AS MATERIALIZED (
    SELECT i.id FROM ${view.incident} AS i WHERE i.id IN (SELECT k.id FROM changing AS k)
    ORDER BY i.id FOR NO KEY UPDATE
  ), fresh AS MATERIALIZED (
    SELECT n.* FROM input AS n WHERE NOT EXISTS (SELECT 1 FROM known AS k WHERE k.line = n.line)
  ), inserted AS (
    INSERT INTO ${view.incident} (id, point, owner, agency, content_hash, state, ${columnsOf(reportedFields)})
    SELECT n.id, ${point}, ${country}, ${agency}, decode(n.hash, 'hex'), coalesce(n.state, 'open'), ${values}
    FROM fresh AS n WHERE NOT ${isClosedDistress}
    ORDER BY n.source, n."externalId", n.id
    ON CONFLICT DO NOTHING
    RETURNING id
  ), updated AS (
    UPDATE ${view.incident} AS i SET point = CASE WHEN ${isAtPlaceShown} THEN i.point ELSE ${point} END,
      content_hash = CASE WHEN n.exported THEN i.content_hash ELSE decode(n.hash, 'hex') END,
      state = coalesce(n.state, i.state), ${changes}
    FROM changing AS k JOIN input AS n ON n.line = k.line JOIN changed AS c ON c.id = k.id
    WHERE i.id = k.id
    RETURNING k.line
  ), reported AS (
    INSERT INTO ${view.report} (id, incident, agency, at, text, severity, certainty, state, counts, point, horizontal_accuracy_m)
    SELECT n.report, k.id, ${agency}, now(), 'Updated by import.', n.severity, n.certainty, nullif(n.state, k.was),
      json_strip_nulls(json_build_object('best', n."countsBest", 'low', n."countsLow", 'high', n."countsHigh")), ${point},
      n."horizontalAccuracyMetres"
    FROM changing AS k JOIN input AS n ON n.line = k.line
  )
  SELECT (SELECT count(*)::int FROM inserted) AS accepted,
         (SELECT count(*)::int FROM updated) AS updated,
         (SELECT count(*)::int FROM known WHERE is_same) AS unchanged,
         ARRAY(SELECT k.line FROM known AS k WHERE NOT k.is_same AND k.is_too_wide ORDER BY k.line) AS "tooWide",
         (SELECT coalesce(json_agg(json_build_object('line', s.line, 'from', s.was, 'to', s.state)), '[]') FROM (
            SELECT k.line, k.was, n.state FROM known AS k JOIN input AS n ON n.line = k.line
            WHERE NOT k.is_same AND NOT k.is_too_wide AND k.is_stuck
            UNION ALL SELECT n.line, NULL, n.state FROM fresh AS n WHERE ${isClosedDistress}) AS s) AS stuck,
         ARRAY(SELECT n.line FROM fresh AS n
               WHERE NOT ${isClosedDistress} AND NOT EXISTS (SELECT 1 FROM inserted AS i WHERE i.id = n.id)
               ORDER BY n.line) AS taken`;

export const importStore = (db: Database) => ({
  /** Identities must be unique within a set. */
  async writeSet(caller: Caller, rows: readonly ImportRow[]): Promise<BatchResult> {
    const first = await write(db, caller, rows);
    if (first.taken.length === 0) return first;
    // taken during this write, perhaps by a concurrent import of the same file: now they are known
    const taken = new Set(first.taken);
    const again = await write(
      db,
      caller,
      rows.filter(({ line }) => taken.has(line)),
    );
    return {
      accepted: first.accepted + again.accepted,
      updated: first.updated + again.updated,
      unchanged: first.unchanged + again.unchanged,
      taken: again.taken,
      tooWide: [...first.tooWide, ...again.tooWide],
      stuck: [...first.stuck, ...again.stuck],
    };
  },
});
export type ImportStore = ReturnType<typeof importStore>;

const write = (db: Database, caller: Caller, rows: readonly ImportRow[]): Promise<BatchResult> =>
  db.queryOne<BatchResult>(caller, batchStatement(caller, rows));
