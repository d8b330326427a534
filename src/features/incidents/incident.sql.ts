import type { OrderedRows, WindowPart } from '../../db/cell.order.ts';
import { incidentConcern, zoneConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { all, flat, nothing, plannedEachTime, type Sql, sql, when } from '../../db/sql.ts';
import type { Interval } from '../../geometry/datetime.parse.ts';
import { holdsPhrase } from '../names.sql.ts';
import { columnsOf, nestedProperties } from './incident.fields.sql.ts';
import { flatFields } from './incident.fields.ts';
import type { ZoneIncidentQuery } from './incident.query.ts';
import { keptText } from './incident.text.sql.ts';

/** All that is answered of an incident. */
export const incidentColumns = flat(sql`i.id, i.point, ${columnsOf(flatFields, sql`i`)}`);

/** Without their last brace, so that members that depend on the reader or on the question can follow. */
const openProperties = (alias: Sql): Sql => sql`left(${nestedProperties(alias)}::text, -1)`;

// Where they are not kept, the row is read again to make them: rows that carry nothing are merged and cut in less time.
const keptProperties = sql`coalesce(${keptText('nested')},
  (SELECT ${openProperties(sql`e`)} FROM ${view.incident} AS e WHERE e.id = r.id))`;

const featureWith = (properties: Sql, more: Sql): Sql =>
  flat(featureText(sql`r.id`, sql`r.point`, sql`${properties}${more} || '}'`));

/** `more`: further members, each after a comma. */
const keptFeature = (more: Sql = nothing): Sql => featureWith(keptProperties, more);

/** Newest first. */
export const incidents: Layer = {
  columns: sql`i.id, i.point, i.occurred_at`,
  from: sql`${view.incident} AS i`,
  id: sql`i.id`,
  feature: keptFeature(),
  keys: [
    { column: sql`i.occurred_at`, type: 'timestamptz' },
    { column: sql`i.id`, type: 'uuid' },
  ],
  key: sql`r.occurred_at, r.id`,
  descending: true,
  concern: flat(incidentConcern(sql`i`)),
};

/** Each change of an incident creates a revision. */
export const incidentVersion = sql`i.revision::text`;

/** One incident with the zones in force around it. */
export const incidentWithZones: Layer = {
  ...incidents,
  columns: sql`${incidentColumns}, coalesce(w.zones, '{}') AS zones`,
  from: sql`${view.incident} AS i CROSS JOIN LATERAL (
    SELECT array_agg(z.id ORDER BY z.id) AS zones, coalesce(bit_or(${zoneConcern(sql`z`)}), 0) AS concern
    FROM ${view.incidentZone} AS m JOIN ${view.zone} AS z ON z.id = m.zone
    WHERE m.incident = i.id AND m.relation <> 'possible' AND z.state = 'active') AS w`,
  feature: featureWith(
    sql`coalesce(${keptText('nested')}, ${openProperties(sql`r`)})`,
    sql` || ',"zones":' || to_json(r.zones)`,
  ),
  concern: sql`${incidentConcern(sql`i`)} | w.concern`,
  ownConcern: incidentConcern(sql`i`),
  version: incidentVersion,
};

/** Ends with the transaction. */
export const noteWritten = sql`set_config('tripoint.written', id::text, true)`;

/** Whether this transaction has inserted the incident. */
export const isWritten = sql`coalesce(current_setting('tripoint.written', true), '') = i.id::text`;

/** For the writer, who learns from a new incident its zones alone, and of one that was there all. */
export const writtenIncident: Layer = {
  ...incidentWithZones,
  concern: sql`w.concern | CASE WHEN ${isWritten} THEN 0 ELSE ${incidentConcern(sql`i`)} END`,
};

/** The owners of the fact that an incident is in a zone. */
export const concernOfZone = (zone: string): Sql =>
  sql`coalesce((SELECT ${zoneConcern(sql`z`)} FROM ${view.zone} AS z WHERE z.id = ${zone}), 0)`;

/** The zone of a query: a row, or no row if the caller does not see it. */
export const zoneAnchor = (zone: string): Sql =>
  sql`SELECT ${zoneConcern(sql`z`)} AS concern, json_build_object('revision', z.revision, 'agreed', z.agreed) AS about
      FROM ${view.zone} AS z WHERE z.id = ${zone}`;

/** Membership first: the database stores it in the order of the answer. */
export const incidentsOfZone = (zone: string): Layer => ({
  ...incidents,
  columns: sql`${incidents.columns}, m.relation`,
  from: sql`${view.incidentZone} AS m JOIN ${view.incident} AS i ON i.id = m.incident`,
  feature: keptFeature(sql` || ',"zoneRelation":' || to_json(r.relation)`),
  keys: [
    { column: sql`m.occurred_at`, type: 'timestamptz' },
    { column: sql`m.incident`, type: 'uuid' },
  ],
  concern: sql`${incidentConcern(sql`i`)} | ${concernOfZone(zone)}`,
});

/** Its rows by the parts of a window of time, if one is asked. */
export const windowInZone = (
  { from }: Layer,
  isMember: Sql,
  { datetime, ...others }: Attributes,
): OrderedRows | undefined =>
  datetime && {
    way: { by: 'window' },
    parts: {
      from: sql`${from} AND ${isMember}`,
      rest: ofWords(others),
      window: windowOf(datetime, sql`m.occurred_at`),
    },
    columns: {},
    point: sql`i.point`,
    isFree: false,
  };

export const incidentsNearSegment = (segment: string): Layer => ({
  ...incidents,
  columns: sql`${incidents.columns}, ST_Distance(i.geog, (SELECT s.geog FROM segment AS s WHERE s.id = ${segment})) AS distance_m`,
  feature: keptFeature(sql` || ',"distanceMetres":' || round(r.distance_m::numeric, 1)`),
});

/** The incidents within a geodesic distance of a segment, also in parts. */
export function rowsNearSegment(segment: string, metres: number, query: Attributes) {
  const line = (column: Sql) => sql`(SELECT ${column} FROM segment AS s WHERE s.id = ${segment})`;
  const isNear = sql`ST_DWithin(i.geog, ${line(sql`s.geog`)}, ${metres}::float)`;
  const { datetime, ...others } = query;
  return {
    where: all(plannedEachTime(isNear), ofAttributes(query)),
    parts: {
      from: incidents.from,
      rest: ofWords(others),
      area: {
        cover: line(sql`tripoint.box_around(s.line, ${metres}::float)`),
        test: (cover: Sql) =>
          sql`i.point && ${cover} AND ST_DWithin(i.point::geography, ${line(sql`s.geog`)}, ${metres}::float)`,
      },
      window: datetime && windowOf(datetime),
    },
  };
}

type Attributes = Partial<
  Pick<ZoneIncidentQuery, 'q' | 'datetime' | 'kind' | 'severity' | 'certainty' | 'nature' | 'state'>
>;

export const isAnyOf = (column: Sql, words: readonly string[]): Sql =>
  sql`${column} = ANY (${words}::text[])`;

/** The filters of every incident list. */
export const ofAttributes = ({ datetime, ...others }: Attributes, occurredAt = sql`i.occurred_at`): Sql =>
  all(
    when(datetime, (interval) => duringInterval(interval, occurredAt)),
    ofWords(others),
  );

/** The filters of every incident list but its time. */
export const ofWords = ({ q, kind, severity, certainty, nature, state }: Omit<Attributes, 'datetime'>): Sql =>
  all(
    when(q, (phrases) => holdsPhrase(sql`i.place_text`, phrases)),
    when(kind, (words) => isAnyOf(sql`i.kind`, words)),
    when(severity, (words) => isAnyOf(sql`i.severity`, words)),
    when(certainty, (words) => isAnyOf(sql`i.certainty`, words)),
    when(nature, (words) => isAnyOf(sql`i.nature`, words)),
    when(state, (words) => isAnyOf(sql`i.state`, words)),
  );

// Starts within the interval, or under way at its start. Two conditions, because PostgreSQL estimates range starts and
// ends well, but range overlap badly. The separate bound lets the scan of a wide interval start in the middle of the
// order.
const duringInterval = (interval: Interval, occurredAt: Sql): Sql =>
  plannedEachTime(
    all(
      when(interval.from, (start) => sql`(${windowOf(interval).began} OR ${isUnderWay(start)})`),
      when(interval.to, (end) => sql`${occurredAt} <= ${end}::timestamptz`),
    ),
  );

/** The incidents of an interval, in two parts without common rows. */
export const windowOf = ({ from, to }: Interval, occurredAt = sql`i.occurred_at`): WindowPart => ({
  began: all(
    when(from, (start) => sql`${occurredAt} >= ${start}::timestamptz`),
    when(to, (end) => sql`${occurredAt} <= ${end}::timestamptz`),
  ),
  // IS TRUE hides the order of time: the index of periods finds few rows, and most of all began before
  underWay: when(
    from,
    (start) => sql`${isUnderWay(start)} AND (${occurredAt} < ${start}::timestamptz) IS TRUE`,
  ),
});

const isUnderWay = (at: Date): Sql => sql`i.period @> ${at}::timestamptz`;

/** Cancelled incidents are in no count and on no tile; lists show them with their state. */
export const isNotCancelled = (i: Sql): Sql => sql`${i}.state <> 'cancelled'`;
