import type { Caller } from '../../core/caller.ts';
import { seenInAll, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { pointAt } from '../../db/spatial.ts';
import { plannedOnce, type Sql, sql } from '../../db/sql.ts';
import type { LocateQuery } from './locate.schema.ts';

// KNN orders by the sphere, up to 0.6 % off: rank more candidates by the spheroid.
const CANDIDATES = 64;
const NEAREST = 3;

/** Exported for the tests that read its plan. */
export const locateStatement = ({ lon, lat, accuracyMetres }: LocateQuery): Sql =>
  plannedOnce(sql`
  WITH asked AS MATERIALIZED (
    SELECT ${pointAt(lon, lat)} AS point, ${pointAt(lon, lat)}::geography AS geog, ${accuracyMetres}::float AS accuracy_m
  ), placed AS MATERIALIZED (
    SELECT p.* FROM asked AS a, tripoint.place(a.point, a.accuracy_m) AS p
  ), zones AS MATERIALIZED (
    SELECT z.id, z.names, z.kind, z.participants, ${zoneConcern(sql`z`)} AS concern,
           a.accuracy_m > 0 AND ST_DWithin(ST_Segmentize(ST_Boundary(z.area), 0.02)::geography, a.geog, a.accuracy_m)
             AS is_near
    FROM asked AS a JOIN ${view.zone} AS z ON ST_Intersects(z.area, a.point)
    WHERE z.state = 'active'
  ), crossings AS (
    SELECT c.id, c.names, ST_Distance(c.geog, a.geog) AS distance_m, degrees(ST_Azimuth(a.geog, c.geog)) AS bearing
    FROM asked AS a CROSS JOIN LATERAL (
      SELECT c.id, c.names, c.geog FROM crossing AS c ORDER BY c.geog <-> a.geog LIMIT ${CANDIDATES}::int
    ) AS c
    ORDER BY distance_m, c.id LIMIT ${NEAREST}::int
  )
  SELECT json_build_object(
    'country', p.country,
    'candidates', p.candidates,
    'nearestBorder', json_build_object('border', p.border, 'segment', p.segment,
      'segmentNames', (SELECT s.names FROM segment AS s WHERE s.id = p.segment), 'borderKm', round(p.border_km::numeric, 3), 'distanceMetres', round(p.distance_m::numeric, 1),
      'accuracyMetres', p.line_accuracy_m),
    'zones', (SELECT coalesce(json_agg(json_build_object('id', z.id, 'names', z.names, 'kind', z.kind,
        'participants', z.participants, 'relation', CASE WHEN z.is_near THEN 'edge' ELSE 'inside' END) ORDER BY z.id),
        '[]') FROM zones AS z),
    'nearestCrossings', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'names', c.names,
        'state', tripoint.crossing_state(c.id, now()), 'distanceMetres', round(c.distance_m::numeric, 1),
        'bearingDegrees', round(c.bearing::numeric, 1)) ORDER BY c.distance_m, c.id), '[]') FROM crossings AS c),
    'responsible', ${call.responsible}(coalesce(p.candidates, ARRAY[p.country]), ARRAY[p.border], ARRAY[p.segment],
      '{}', ARRAY(SELECT z.id FROM zones AS z), NULL, now())
  )::text AS location, (SELECT ${seenInAll(sql`z.concern`)} FROM zones AS z) AS seen
  FROM placed AS p`);

export const locateStore = (db: Database) => ({
  /** The location of a point as JSON text. */
  async locate(caller: Caller, query: LocateQuery): Promise<string> {
    const row = await db.queryOne<{ location: string }>(caller, locateStatement(query));
    return row.location;
  },
});
export type LocateStore = ReturnType<typeof locateStore>;
