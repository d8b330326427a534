import type { Caller } from '../../core/caller.ts';
import { incidentConcern, seenInAll, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { invalidArea } from '../../db/errors.ts';
import { view } from '../../db/labelled.ts';
import { wound } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { type AreaSource, shapeSql } from './zone.shape.sql.ts';

const GRID_DEGREES = 1e-9; // 0.1 mm

/**
 * On a grid, because an area that is clipped to a country shares its edges: without one GEOS tries to compute with rounded
 * positions and begins again when that fails, which the embedded PostGIS cannot (src/db/embedded/embedded.errors.ts).
 */
const overlay = (one: Sql, other: Sql): Sql => sql`ST_Intersection(${one}, ${other}, ${GRID_DEGREES}::float)`;

// The covered part of each border edge, as chainage; an area with several parts may cover several pieces of an edge.
const coveredPieces = sql`
  SELECT e.border, e.from_m + e.length_m * p.from_part AS from_m, e.from_m + e.length_m * p.to_part AS to_m
  FROM shape AS s
  JOIN border_edge AS e ON ST_Intersects(e.line, s.area)
  CROSS JOIN LATERAL (
    -- most edges are covered whole, which is quick to see and saves the intersection
    SELECT 0 AS from_part, 1 AS to_part WHERE ST_Covers(s.area, e.line)
    UNION ALL
    SELECT least(l.one_end, l.other_end), greatest(l.one_end, l.other_end)
    FROM ST_Dump(CASE WHEN NOT ST_Covers(s.area, e.line) THEN ${overlay(sql`e.line`, sql`s.area`)} END) AS d
    CROSS JOIN LATERAL (
      SELECT ST_LineLocatePoint(e.line, ST_StartPoint(d.geom)) AS one_end,
             ST_LineLocatePoint(e.line, ST_EndPoint(d.geom)) AS other_end
    ) AS l
  ) AS p
  WHERE p.to_part > p.from_part`;

// Consecutive pieces within a metre form a stretch.
const stretches = sql`
  SELECT n.border, n.from_m, n.to_m, count(*) FILTER (WHERE n.is_first) OVER (PARTITION BY n.border ORDER BY n.from_m) AS run
  FROM (
    SELECT c.border, c.from_m, c.to_m,
           c.from_m > lag(c.to_m) OVER (PARTITION BY c.border ORDER BY c.from_m) + 1 AS is_first
    FROM (${coveredPieces}) AS c
  ) AS n`;

/** Exported for the tests that read its plan. */
export const previewStatement = (shape: AreaSource): Sql => sql`
  WITH shape AS MATERIALIZED (
    SELECT s.area, ST_Area(s.area::geography) / 1e6 AS km2 FROM (SELECT ${shapeSql(shape)} AS area) AS s
    WHERE NOT ST_IsEmpty(s.area)
  ), pieces AS MATERIALIZED (
    SELECT ST_Subdivide(s.area, 64) AS area FROM shape AS s
  ), shares AS (
    SELECT c.code, ST_Area(${overlay(sql`c.area`, sql`s.area`)}::geography) / 1e6 AS km2
    FROM shape AS s JOIN country AS c ON ST_Intersects(c.area, s.area)
  ), runs AS (
    SELECT c.border, c.run, min(c.from_m) / 1000 AS from_km, max(c.to_m) / 1000 AS to_km,
           sum(c.to_m - c.from_m) / 1000 AS length_km
    FROM (${stretches}) AS c GROUP BY c.border, c.run
  ), covered AS (
    SELECT r.border, sum(r.length_km) AS length_km,
           json_agg(json_build_object('fromKm', round(r.from_km::numeric, 3), 'toKm', round(r.to_km::numeric, 3))
             ORDER BY r.from_km) AS stretches
    FROM runs AS r GROUP BY r.border
  ), overlapping AS (
    SELECT z.id, z.names, z.kind, ST_Area(${overlay(sql`z.area`, sql`s.area`)}::geography) / 1e6 AS km2,
           ${zoneConcern(sql`z`)} AS concern
    FROM shape AS s JOIN ${view.zone} AS z ON ST_Intersects(z.area, s.area)
    WHERE z.state NOT IN ('expired', 'withdrawn')
  ), inside AS (
    SELECT DISTINCT i.id, ${incidentConcern(sql`i`)} AS concern
    FROM pieces AS p JOIN ${view.incident} AS i ON ST_Intersects(i.point, p.area)
    WHERE i.occurred_at > now() - interval '90 days'
  )
  SELECT CASE WHEN ST_IsValid(s.area) THEN json_build_object(
    'type', 'Feature',
    'geometry', ST_AsGeoJSON(${wound(sql`s.area`)}, 6)::json,
    'properties', json_build_object(
      'areaKm2', round(s.km2::numeric, 3),
      'countries', (SELECT coalesce(json_agg(json_build_object('country', c.code, 'areaKm2', round(c.km2::numeric, 3),
          'share', round(coalesce(c.km2 / nullif(s.km2, 0), 0)::numeric, 4)) ORDER BY c.code), '[]') FROM shares AS c WHERE c.km2 > 0.0005),
      'borders', (SELECT coalesce(json_agg(json_build_object('border', c.border,
          'lengthKm', round(c.length_km::numeric, 3), 'stretches', c.stretches) ORDER BY c.border), '[]') FROM covered AS c),
      'segments', (SELECT coalesce(json_agg(g.id ORDER BY g.id), '[]') FROM segment AS g WHERE ST_Intersects(g.line, s.area)),
      'crossings', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'names', c.names) ORDER BY c.id), '[]')
          FROM crossing AS c WHERE ST_Intersects(c.point, s.area)),
      'overlaps', (SELECT coalesce(json_agg(json_build_object('zone', o.id, 'names', o.names, 'kind', o.kind,
          'areaKm2', round(o.km2::numeric, 3)) ORDER BY o.id), '[]') FROM overlapping AS o WHERE o.km2 > 0.0005),
      'incidentsLast90Days', (SELECT count(*) FROM inside)))::text END AS preview,
    (SELECT ${seenInAll(sql`c.concern`)}
     FROM (SELECT i.concern FROM inside AS i
           UNION ALL SELECT o.concern FROM overlapping AS o WHERE o.km2 > 0.0005) AS c) AS seen
  FROM shape AS s`;

export const previewStore = (db: Database) => ({
  /** The coverage of a zone with this shape, as JSON text; undefined if the shape is empty. */
  async preview(caller: Caller, shape: AreaSource): Promise<string | undefined> {
    const [row] = await db.query<{ preview: string | null }>(caller, previewStatement(shape));
    if (row?.preview === null) throw invalidArea();
    return row?.preview;
  },
});
export type PreviewStore = ReturnType<typeof previewStore>;
