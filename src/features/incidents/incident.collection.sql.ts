import { inQuery, invalidInput } from '../../core/problem.ts';
import { incidentConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import { fromGeoJson, pointInBox } from '../../db/spatial.ts';
import { all, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import { collection, type Field, field, type Parts, type Rows } from '../../ogc/collection/collection.sql.ts';
import { areaOfBox, areaOfGeometry, asksOf, both } from '../../ogc/collection/row.parts.sql.ts';
import { incidentCells } from './incident.cells.sql.ts';
import { shownDouble, shownValue } from './incident.fields.sql.ts';
import { flatFields } from './incident.fields.ts';
import { type IncidentQuery, incidentFilters, type Within } from './incident.query.ts';
import { IncidentId } from './incident.schema.ts';
import {
  concernOfZone,
  incidentVersion,
  isAnyOf,
  isNotCancelled,
  ofAttributes,
  ofWords,
  windowOf,
  zoneAnchor,
} from './incident.sql.ts';
import { keptText } from './incident.text.sql.ts';

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
  hasProcedures: 'incident',
  title: 'Incidents',
  description: 'Incidents that the caller may see, newest first. Nothing about a person; counts only.',
  key: { column: sql`i.id`, type: 'uuid', schema: IncidentId },
  geometry: { column: sql`i.point`, type: 'Point', geography: sql`i.geog` },
  cells: incidentCells,
  shownInTiles: isNotCancelled(sql`i`),
  time: { start: 'occurredAt' },
  fields: flatFields
    .map((one): Field => {
      const double = shownDouble(one, sql`i`);
      return {
        ...field(one.name, one.schema, shownValue(one, sql`i`), one.title),
        ...(double && { double }),
      };
    })
    .sort((one, other) => rankOf(one) - rankOf(other)),
  keptProperties: keptText('flat'),
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
  sortedByIndex: ['occurredAt', 'updatedAt'],
  isSmall: false,
  isPublic: sql`i.tlp = 'CLEAR'`,
  filters: incidentFilters,
  rows: ({ within, ...query }) => ({
    from: sql`${view.incident} AS i`,
    where: all(when(within, isWithin), where(query)),
    parts: partsOf({ within, ...query }),
    ...concernOf(within),
  }),
});

type Query = Omit<IncidentQuery, 'limit' | 'cursor' | 'as'>;

const where = ({ bbox, ...query }: Omit<Query, 'within'>): Sql =>
  all(
    when(bbox, (box) => pointInBox(sql`i.point`, box)),
    ofColumns(query),
    ofAttributes(query),
  );

const ofColumns = (query: Query): Sql =>
  all(
    when(query.country, (words) => isAnyOf(sql`i.country`, words)),
    when(query.border, (border) => sql`i.border = ${border}`),
    when(query.segment, (segment) => sql`i.segment = ${segment}`),
    when(query.owner, (owner) => sql`i.owner = ${owner}`),
    when(query.agency, (agency) => sql`i.agency = ${agency}`),
    when(query.tlp, (labels) => isAnyOf(sql`i.tlp`, labels)),
    when(query.source, (source) => sql`i.source = ${source}`),
    when(query.externalId, (id) => sql`i.external_id = ${id}`),
    when(query.updatedSince, (at) => plannedEachTime(sql`i.updated_at >= ${at}::timestamptz`)),
  );

const isWithin = (within: Within): Sql =>
  'zone' in within
    ? sql`i.id IN (
        SELECT m.incident FROM ${view.incidentZone} AS m WHERE m.zone = ${within.zone} AND m.relation <> 'possible')`
    : plannedEachTime(intersects(fromGeoJson(within.area)));

const intersects = (area: Sql): Sql => sql`ST_Intersects(i.point, ${area})`;

const { bbox: _bbox, within: _within, datetime: _datetime, ...others } = incidentFilters;
/** Names of the filters that ask neither place nor time. */
const FILTERS = Object.keys(others) as (keyof typeof others)[];

/** Undefined where another index finds the rows: the memberships of a zone, or the identity of an import. */
function partsOf({ within, bbox, datetime, ...query }: Query): Parts | undefined {
  if ((within && 'zone' in within) || query.externalId !== undefined) return undefined;
  if (bbox && bbox.west > bbox.east) return undefined;
  const areas = [
    ...(within ? [areaOfGeometry(within.area, intersects)] : []),
    ...(bbox ? [areaOfBox(bbox, sql`i.point`)] : []),
  ];
  const asked = FILTERS.filter((name) => query[name] !== undefined);
  return {
    rest: all(ofColumns(query), ofWords(query)),
    asks: asksOf(incidentCells, asked),
    ...(areas.length > 0 && { area: areas.reduce(both) }),
    ...(datetime && { window: windowOf(datetime) }),
  };
}

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
