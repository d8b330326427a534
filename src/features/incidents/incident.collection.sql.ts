import { badRequest } from '../../core/problem.ts';
import { incidentConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import { fromGeoJson, pointInBox } from '../../db/spatial.ts';
import { all, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import { collection, field, fieldsOf, type Rows } from '../../ogc/collection/collection.sql.ts';
import { IncidentInList } from './incident.answer.ts';
import { incidentCells } from './incident.cells.sql.ts';
import { type IncidentQuery, incidentFilters, type Within } from './incident.query.ts';
import { Counts, IncidentId } from './incident.schema.ts';
import {
  concernOfZone,
  incidentVersion,
  isAnyOf,
  isNotCancelled,
  ofAttributes,
  zoneAnchor,
} from './incident.sql.ts';

const { properties } = IncidentInList.shape;
const count = Counts.shape.best.unwrap().nullable();

export const incidentCollection = collection({
  id: 'incidents',
  noun: 'incident',
  title: 'Incidents',
  description:
    'What happened, newest first, as far as the caller may see it. Nothing about a person; counts only.',
  key: { column: sql`i.id`, type: 'uuid', schema: IncidentId },
  geometry: { column: sql`i.point`, type: 'Point', geography: sql`i.geog` },
  cells: incidentCells,
  shownInTiles: isNotCancelled(sql`i`),
  time: { start: 'occurredAt' },
  fields: [
    ...fieldsOf(properties, {
      kind: sql`i.kind`,
      severity: sql`i.severity`,
      certainty: sql`i.certainty`,
      nature: sql`i.nature`,
      state: sql`i.state`,
      occurredAt: sql`i.occurred_at`,
      occurredUntil: sql`i.occurred_until`,
      placeText: sql`i.place_text`,
      description: sql`i.description`,
    }),
    field('countsBest', count, sql`i.counts_best`, 'Count (best)'),
    field('countsLow', count, sql`i.counts_low`, 'Count (low)'),
    field('countsHigh', count, sql`i.counts_high`, 'Count (high)'),
    ...fieldsOf(properties, {
      horizontalAccuracyMetres: sql`i.horizontal_accuracy_m`,
      source: sql`i.source`,
      externalId: sql`i.external_id`,
      tlp: sql`i.tlp`,
      releasableTo: sql`i.releasable_to`,
      owner: sql`i.owner`,
      agency: sql`i.agency`,
      country: sql`i.country`,
      candidates: sql`i.candidates`,
      border: sql`i.border`,
      segment: sql`i.segment`,
      borderKm: sql`round(i.border_km::numeric, 3)`,
      distanceToBorderMetres: sql`round(i.distance_to_border_m::numeric, 1)`,
      reportedAt: sql`i.reported_at`,
      updatedAt: sql`i.updated_at`,
      revision: sql`i.revision`,
    }),
  ],
  computed: [
    'owner',
    'agency',
    'country',
    'candidates',
    'border',
    'segment',
    'borderKm',
    'distanceToBorderMetres',
    'reportedAt',
    'updatedAt',
    'revision',
  ],
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
    ofAttributes(query),
  );

const isWithin = (within: Within): Sql =>
  'zone' in within
    ? sql`i.id IN (
        SELECT m.incident FROM ${view.incidentZone} AS m WHERE m.zone = ${within.zone} AND m.relation <> 'possible')`
    : plannedEachTime(sql`ST_Intersects(i.point, ${fromGeoJson(within.area)})`);

/** What lies in a zone tells of the zone. */
function concernOf(within: Within | undefined): Pick<Rows, 'concern' | 'anchor'> {
  const concern = incidentConcern(sql`i`);
  if (!within || !('zone' in within)) return { concern };
  const { zone } = within;
  return {
    concern: sql`${concern} | ${concernOfZone(zone)}`,
    anchor: {
      row: zoneAnchor(zone),
      missing: () => badRequest(`query within: there is no zone with id ${zone}.`),
    },
  };
}
