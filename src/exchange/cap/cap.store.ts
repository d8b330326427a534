import type { Caller } from '../../core/caller.ts';
import type { PageRequest } from '../../core/page.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { flatMembers } from '../../features/incidents/incident.fields.sql.ts';
import { flatFields } from '../../features/incidents/incident.fields.ts';
import { incidentColumns, incidents as incidentLayer } from '../../features/incidents/incident.sql.ts';
import type { AlertFacts } from './cap.alert.ts';
import type { IncidentFacts } from './cap.incident.ts';

const CROSSING_WITHIN_KM = 5;

const lonLat = sql`'lon', round(ST_X(r.point)::numeric, 6), 'lat', round(ST_Y(r.point)::numeric, 6)`;

// names are joined only for the rows of the page
const borderNames = sql`'borderNames', (SELECT b.names FROM border AS b WHERE b.code = r.border)`;

const segmentAt = (column: Sql): Sql => sql`(SELECT ${column} FROM segment AS s
  WHERE s.border = r.border AND s.from_km <= r.border_km ORDER BY s.from_km DESC LIMIT 1)`;

const nearbyCrossing = sql`(SELECT c.names FROM crossing AS c
  WHERE c.border = r.border AND r.distance_to_border_m <= ${CROSSING_WITHIN_KM * 1000}::float
    AND abs(c.border_km - r.border_km) <= ${CROSSING_WITHIN_KM}::float
  ORDER BY abs(c.border_km - r.border_km), c.id LIMIT 1)`;

/** The rows of the noun, with the facts for a message. */
const incidents: Layer = {
  ...incidentLayer,
  columns: incidentColumns,
  feature: sql`json_build_object('id', r.id, ${flatMembers(flatFields, sql`r`)}, ${lonLat}, ${borderNames},
    'agencyNames', (SELECT g.names FROM agency AS g WHERE g.id = r.agency),
    'segmentNames', (SELECT s.names FROM segment AS s WHERE s.id = r.segment), 'crossingNames', ${nearbyCrossing})::text`,
};

/** The latest change first. */
const changedIncidents: Layer = {
  ...incidents,
  keys: [
    { column: sql`i.updated_at`, type: 'timestamptz' },
    { column: sql`i.id`, type: 'uuid' },
  ],
  key: sql`r.updated_at, r.id`,
};

/** The latest change first. */
const alerts: Layer = {
  columns: sql`a.id, a.agency, a.trigger, a.triggers, a.subscriptions, a.incident, a.notice, a.at, a.nature, a.kind, a.severity,
    a.certainty, a.occurred_at, a.point, a.horizontal_accuracy_m, a.border, a.border_km, a.incident_count, a.due_at, a.first_at,
    a.updated_at, a.revision`,
  from: sql`${view.alert} AS a`,
  id: sql`a.id`,
  feature: sql`json_build_object('id', r.id, 'agency', r.agency, 'trigger', r.trigger,
    'triggers', ARRAY(SELECT t.word FROM unnest(r.triggers) WITH ORDINALITY AS t (word, n) GROUP BY t.word ORDER BY min(t.n)),
    'subscriptions', ARRAY(SELECT DISTINCT t.id FROM unnest(r.subscriptions) AS t (id) WHERE t.id IS NOT NULL ORDER BY t.id),
    'incident', r.incident, 'notice', r.notice, 'at', tripoint.utc(r.at), 'nature', r.nature, 'kind', r.kind,
    'severity', r.severity, 'certainty', r.certainty, 'occurredAt', tripoint.utc(r.occurred_at), ${lonLat},
    'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'border', r.border, 'borderKm', round(r.border_km::numeric, 3), ${borderNames},
    'segment', ${segmentAt(sql`s.id`)}, 'segmentNames', ${segmentAt(sql`s.names`)}, 'incidentCount', r.incident_count,
    'dueAt', tripoint.utc(r.due_at), 'firstAt', tripoint.utc(r.first_at), 'updatedAt', tripoint.utc(r.updated_at),
    'revision', r.revision)::text`,
  keys: [
    { column: sql`a.updated_at`, type: 'timestamptz' },
    { column: sql`a.id`, type: 'uuid' },
  ],
  key: sql`r.updated_at, r.id`,
  descending: true,
  concern: sql`a.concern`,
};

interface FactsPage<Facts> {
  facts: Facts[];
  /** The cursor of the next page. */
  next: string | undefined;
}

export const capStore = (db: Database) => {
  const find = async <Facts>(caller: Caller, layer: Layer, id: string): Promise<Facts | undefined> => {
    const text = await findFeature(db, caller, layer, id);
    return text === undefined ? undefined : JSON.parse(text);
  };
  const list = async <Facts>(
    caller: Caller,
    layer: Layer,
    where: Sql,
    page: PageRequest,
  ): Promise<FactsPage<Facts>> => {
    const { features, next } = await listFeatures(db, caller, layer, where, page);
    return { facts: JSON.parse(`[${features}]`), next };
  };
  return {
    findIncident: (caller: Caller, id: string) => find<IncidentFacts>(caller, incidents, id),
    findAlert: (caller: Caller, id: string) => find<AlertFacts>(caller, alerts, id),
    listIncidents: (caller: Caller, page: PageRequest) =>
      list<IncidentFacts>(caller, changedIncidents, sql`true`, page),
    /** The view shows only these; the index begins with the agency. */
    listAlerts: (caller: Caller, page: PageRequest) =>
      list<AlertFacts>(caller, alerts, sql`a.agency = ${caller.agency}`, page),
  };
};
export type CapStore = ReturnType<typeof capStore>;
