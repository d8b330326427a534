import { inQuery, invalidInput } from '../../core/problem.ts';
import { incidentConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import { fromGeoJson, pointInBox } from '../../db/spatial.ts';
import { all, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import { collection, type Field, field, type Rows } from '../../ogc/collection/collection.sql.ts';
import { incidentCells } from './incident.cells.sql.ts';
import { shownValue } from './incident.fields.sql.ts';
import { flatFields } from './incident.fields.ts';
import { type IncidentQuery, incidentFilters, type Within } from './incident.query.ts';
import { IncidentId } from './incident.schema.ts';
import {
  concernOfZone,
  incidentVersion,
  isAnyOf,
  isNotCancelled,
  ofAttributes,
  zoneAnchor,
} from './incident.sql.ts';

/** The order in which clients show fields; those that are not named follow. */
const ORDER = [
  ...['kind', 'severity', 'certainty', 'nature', 'state', 'occurredAt', 'occurredUntil', 'placeText'],
  ...['description', 'countsBest', 'countsLow', 'countsHigh', 'horizontalAccuracyMetres'],
  ...['source', 'externalId', 'tlp', 'releasableTo', 'owner', 'agency', 'country', 'candidates'],
  ...['border', 'segment', 'borderKm', 'distanceToBorderMetres', 'reportedAt', 'updatedAt', 'revision'],
];
const rankOf = ({ name }: Field): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

export const incidentCollection = collection({
  id: 'incidents',
  noun: 'incident',
  title: 'Incidents',
  description: 'Incidents that the caller may see, newest first. Nothing about a person; counts only.',
  key: { column: sql`i.id`, type: 'uuid', schema: IncidentId },
  geometry: { column: sql`i.point`, type: 'Point', geography: sql`i.geog` },
  cells: incidentCells,
  shownInTiles: isNotCancelled(sql`i`),
  time: { start: 'occurredAt' },
  fields: flatFields
    .map((one) => field(one.name, one.schema, shownValue(one, sql`i`), one.title))
    .sort((one, other) => rankOf(one) - rankOf(other)),
  computed: flatFields
    .filter(({ name, isReported }) => !isReported && name !== 'state')
    .map(({ name }) => name),
  version: incidentVersion,
  takesIds: true,
  order: {
    keys: [
      { column: sql`i.occurred_at`, type: 'timestamptz' },
      { column: sql`i.id`, type: 'uuid' },
    ],
    descending: true,
  },
  isSmall: false,
  filters: incidentFilters,
  rows: ({ within, ...query }) => ({
    from: sql`${view.incident} AS i`,
    where: all(when(within, isWithin), where(query)),
    ...concernOf(within),
  }),
});

const where = (query: Omit<IncidentQuery, 'within' | 'limit' | 'cursor'>): Sql =>
  all(
    when(query.bbox, (box) => pointInBox(sql`i.point`, box)),
    when(query.country, (words) => isAnyOf(sql`i.country`, words)),
    when(query.border, (border) => sql`i.border = ${border}`),
    when(query.segment, (segment) => sql`i.segment = ${segment}`),
    when(query.owner, (owner) => sql`i.owner = ${owner}`),
    when(query.agency, (agency) => sql`i.agency = ${agency}`),
    when(query.tlp, (labels) => isAnyOf(sql`i.tlp`, labels)),
    when(query.source, (source) => sql`i.source = ${source}`),
    when(query.externalId, (id) => sql`i.external_id = ${id}`),
    when(query.updatedSince, (at) => plannedEachTime(sql`i.updated_at >= ${at}::timestamptz`)),
    ofAttributes(query),
  );

const isWithin = (within: Within): Sql =>
  'zone' in within
    ? sql`i.id IN (
        SELECT m.incident FROM ${view.incidentZone} AS m WHERE m.zone = ${within.zone} AND m.relation <> 'possible')`
    : plannedEachTime(sql`ST_Intersects(i.point, ${fromGeoJson(within.area)})`);

/** Incidents in a zone reveal the zone. */
function concernOf(within: Within | undefined): Pick<Rows, 'concern' | 'anchor'> {
  const concern = incidentConcern(sql`i`);
  if (!within || !('zone' in within)) return { concern };
  const { zone } = within;
  return {
    concern: sql`${concern} | ${concernOfZone(zone)}`,
    anchor: {
      row: zoneAnchor(zone),
      missing: () => invalidInput([inQuery('within', 'no-such', { noun: 'zone', id: zone })]),
    },
  };
}
