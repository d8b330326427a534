import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { listed, quoted, Sql, sql, writing } from '../../db/sql.ts';
import { hashOf, type NewIncident } from './incident.content.ts';
import { columnsOf, flatContent } from './incident.fields.sql.ts';
import { reportedFields } from './incident.fields.ts';

export interface ImportRow {
  line: number;
  incident: NewIncident;
}

export interface BatchResult {
  accepted: number;
  updated: number;
  unchanged: number;
  /** Lines whose id or identity was already taken. */
  taken: number[];
  /** Lines that would widen the label of a known incident without permission. */
  tooWide: number[];
}

/** The identity of a line: that in the source, else the id, else the content. */
export function identityOf(incident: NewIncident): { id: string | null; externalId: string | null } {
  const { id = null, properties } = incident;
  if (properties.externalId) return { id, externalId: properties.externalId };
  return { id, externalId: id ? null : `sha256:${hashOf(incident).toString('hex').slice(0, 40)}` };
}

const toRecord = ({ line, incident }: ImportRow) => {
  const { id, externalId } = identityOf(incident);
  const [lon, lat] = incident.geometry.coordinates;
  const hash = hashOf(incident).toString('hex');
  const content = { ...flatContent(incident.properties), externalId };
  return { line, id: id ?? uuidv7(), report: uuidv7(), lon, lat, hash, ...content };
};

const columns = sql`line int, id uuid, report uuid, lon float, lat float, hash text,
  ${listed(reportedFields.map(({ name, type }) => sql`${quoted(name)} ${new Sql([type], [])}`))}`;

const values = listed(reportedFields.map(({ name }) => sql`n.${quoted(name)}`));

const IDENTITY = ['source', 'externalId'];
const changes = listed(
  reportedFields
    .filter(({ name }) => !IDENTITY.includes(name))
    .map(({ column, name }) => sql`${quoted(column)} = n.${quoted(name)}`),
);

/** The database refuses a wider audience too; this check first keeps the other lines of the set unaffected. */
const isTooWide = (roles: Caller['roles']): Sql =>
  roles.includes('coordinator')
    ? sql`false`
    : sql`tripoint.is_wider(tripoint.audience(i.tlp, i.owner, i.releasable_to), tripoint.audience(n.tlp, i.owner, n."releasableTo"))`;

const point = sql`ST_SetSRID(ST_MakePoint(n.lon, n.lat), 4326)`;

/**
 * One set of lines in one statement: new ones are inserted, known ones with changed content updated, with a report. Both
 * in a fixed order, so that two imports of the same file do not deadlock.
 */
const batchStatement = ({ agency, country, roles }: Caller, rows: readonly ImportRow[]): Sql => writing`
  WITH input AS MATERIALIZED (
    SELECT n.* FROM json_to_recordset(${JSON.stringify(rows.map(toRecord))}::json) AS n (${columns})
  ), known AS MATERIALIZED (
    SELECT n.line, i.id, i.content_hash = decode(n.hash, 'hex') AS is_same, ${isTooWide(roles)} AS is_too_wide
    FROM input AS n JOIN ${view.incident} AS i
      ON i.agency = ${agency} AND i.source = n.source AND i.external_id = n."externalId"
    UNION ALL
    SELECT n.line, i.id, i.content_hash = decode(n.hash, 'hex'), ${isTooWide(roles)}
    FROM input AS n JOIN ${view.incident} AS i ON i.id = n.id AND i.agency = ${agency}
    WHERE n."externalId" IS NULL
  ), changing AS MATERIALIZED (
    SELECT k.line, k.id FROM known AS k WHERE NOT k.is_same AND NOT k.is_too_wide
  ), changed AS MATERIALIZED (
    SELECT i.id FROM ${view.incident} AS i WHERE i.id IN (SELECT k.id FROM changing AS k)
    ORDER BY i.id FOR NO KEY UPDATE
  ), inserted AS (
    INSERT INTO ${view.incident} (id, point, owner, agency, content_hash, ${columnsOf(reportedFields)})
    SELECT n.id, ${point}, ${country}, ${agency}, decode(n.hash, 'hex'), ${values}
    FROM input AS n WHERE NOT EXISTS (SELECT 1 FROM known AS k WHERE k.line = n.line)
    ORDER BY n.source, n."externalId", n.id
    ON CONFLICT DO NOTHING
    RETURNING id
  ), updated AS (
    UPDATE ${view.incident} AS i SET point = ${point}, content_hash = decode(n.hash, 'hex'), ${changes}
    FROM changing AS k JOIN input AS n ON n.line = k.line JOIN changed AS c ON c.id = k.id
    WHERE i.id = k.id
    RETURNING k.line
  ), reported AS (
    INSERT INTO ${view.report} (id, incident, agency, at, text, severity, certainty, counts, point, horizontal_accuracy_m)
    SELECT n.report, k.id, ${agency}, now(), 'Updated by import.', n.severity, n.certainty,
      json_strip_nulls(json_build_object('best', n."countsBest", 'low', n."countsLow", 'high', n."countsHigh")), ${point},
      n."horizontalAccuracyMetres"
    FROM changing AS k JOIN input AS n ON n.line = k.line
  )
  SELECT (SELECT count(*)::int FROM inserted) AS accepted,
         (SELECT count(*)::int FROM updated) AS updated,
         (SELECT count(*)::int FROM known WHERE is_same) AS unchanged,
         ARRAY(SELECT k.line FROM known AS k WHERE NOT k.is_same AND k.is_too_wide ORDER BY k.line) AS "tooWide",
         ARRAY(SELECT n.line FROM input AS n
               WHERE NOT EXISTS (SELECT 1 FROM known AS k WHERE k.line = n.line)
                 AND NOT EXISTS (SELECT 1 FROM inserted AS i WHERE i.id = n.id)
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
    };
  },
});
export type ImportStore = ReturnType<typeof importStore>;

const write = (db: Database, caller: Caller, rows: readonly ImportRow[]): Promise<BatchResult> =>
  db.queryOne<BatchResult>(caller, batchStatement(caller, rows));
