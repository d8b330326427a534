import { seenInAll, zoneConcern } from '../../db/concern.ts';
import { call, view } from '../../db/labelled.ts';
import { featureText, pointAt } from '../../db/spatial.ts';
import { all, plannedOnce, type Sql, sql, when } from '../../db/sql.ts';
import { columns, hasSide, instant, properties, sidesOf, withStatements } from './crossing.sql.ts';
import type { NearestQuery } from './nearest.schema.ts';

/** The nearest crossings as GeoJSON, with all their facts at one instant. */
export const nearestStatement = (query: NearestQuery): Sql => {
  const here = sql`${pointAt(query.lon, query.lat)}::geography`;
  return plannedOnce(sql`
    SELECT coalesce(string_agg(${feature}, ',' ORDER BY r.distance_m, r.id), '') AS features, count(*)::int AS found,
      ${seenInAll(sql`r.concern`)}
    FROM (
      SELECT c.*, e.state, e.sides, ${bearing(here)} AS bearing, ${responsible(query.function)} AS responsible, z.concern,
        CASE WHEN e.state = 'closed' THEN (${alternatives}) ELSE '[]' END AS other_ways
      FROM (${nearest(query, here)}) AS c
      CROSS JOIN LATERAL (${sidesOf(sql`c.id`, sql`c.at`, withStatements(sql`c.at`))}) AS e
      CROSS JOIN LATERAL (${zonesInForce}) AS z
    ) AS r`);
};

// Their mandates are part of the answer for a crossing.
const zonesInForce = sql`
  SELECT coalesce(array_agg(z.id), '{}') AS ids, coalesce(bit_or(${zoneConcern(sql`z`)}), 0) AS concern
  FROM ${view.zoneRevision} AS z
  WHERE ST_Intersects(z.area, c.point) AND z.effective @> c.at`;

// The index orders by the sphere, up to 0.6 % off: it gives more candidates than asked for, which are ranked by their
// distance on the spheroid.
const nearest = ({ limit, at, country, usable }: NearestQuery, here: Sql): Sql => sql`
  SELECT k.*, ST_Distance(k.geog, ${here}) AS distance_m
  FROM (
    SELECT ${columns}, t.at FROM crossing AS c CROSS JOIN ${instant(at)}
    WHERE ${all(when(country, hasSide), usable ? isUsable : undefined)}
    ORDER BY c.geog <-> ${here} LIMIT greatest(4 * ${limit}::int, 64)
  ) AS k
  ORDER BY distance_m, k.id LIMIT ${limit}::int`;

const isUsable = sql`
  (SELECT e.state FROM (${sidesOf(sql`c.id`, sql`t.at`)}) AS e) IN ('open', 'restricted')`;

const feature = featureText(
  sql`r.id`,
  sql`r.point`,
  properties(
    sql`r.other_ways`,
    sql`, 'distanceMetres', round(r.distance_m::numeric, 1), 'bearingDegrees', r.bearing, 'responsible', r.responsible`,
  ),
);

// Rounding may give 360, which is 0.
const bearing = (here: Sql): Sql =>
  sql`mod(round(degrees(ST_Azimuth(${here}, c.geog))::numeric, 2) + 360, 360)`;

const responsible = (ofFunction: string | undefined): Sql => sql`${call.responsible}(
  (SELECT b.countries FROM border AS b WHERE b.code = c.border), ARRAY[c.border], ARRAY[c.segment], ARRAY[c.id],
  z.ids, ${ofFunction}::text, c.at)`;

// Sorted before the states are computed, so that only as many are computed as needed to find one.
const alternatives = sql`
  WITH reported AS (
    SELECT o.id, o.names, s.state, ST_Distance(o.geog, c.geog) AS distance_m, 'reported' AS basis
    FROM crossing AS o CROSS JOIN LATERAL (${sidesOf(sql`o.id`, sql`c.at`)}) AS s
    WHERE o.id = ANY (c.alternatives) AND s.state <> 'closed'
  ), usable AS (
    SELECT o.id, o.names, s.state, o.distance_m, 'nearest' AS basis
    FROM (
      SELECT n.id, n.names, n.border <> c.border AS is_elsewhere, ST_Distance(n.geog, c.geog) AS distance_m
      FROM crossing AS n WHERE n.id <> c.id AND NOT EXISTS (SELECT 1 FROM reported)
      ORDER BY is_elsewhere, distance_m, n.id OFFSET 0
    ) AS o
    CROSS JOIN LATERAL (${sidesOf(sql`o.id`, sql`c.at`)}) AS s
    WHERE s.state IN ('open', 'restricted')
    ORDER BY o.is_elsewhere, o.distance_m, o.id LIMIT 1
  )
  SELECT coalesce(json_agg(json_build_object('id', a.id, 'names', a.names, 'state', a.state,
    'distanceMetres', round(a.distance_m::numeric, 1), 'basis', a.basis) ORDER BY a.distance_m, a.id), '[]')
  FROM (TABLE reported UNION ALL TABLE usable) AS a`;
