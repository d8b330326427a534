import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { constant, nothing, type Sql, sql } from '../../db/sql.ts';
import { versionAt, versionMembers } from '../version.sql.ts';
import { MOST_PLANNED } from './crossing.schema.ts';

export const columns = sql`c.id, c.point, c.geog, c.kind, c.names, c.aliases, c.border, c.segment, c.border_km,
  c.horizontal_accuracy_m, c.position_method, c.unverified_items, c.source, c.licence, c.alternatives,
  c.valid_from, c.valid_to, c.correction`;

/** The instant of the answer, as `t.at`. */
export const instant = (at: string | undefined): Sql =>
  sql`(SELECT coalesce(${at}::timestamptz, now()) AS at) AS t`;

export const properties = (alternatives: Sql, more: Sql = nothing): Sql => sql`json_build_object(
  'names', r.names, 'aliases', r.aliases, 'kind', r.kind, 'border', r.border, 'segment', r.segment,
  'borderKm', r.border_km, 'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'positionMethod', r.position_method,
  'unverifiedItems', r.unverified_items, 'source', r.source, 'licence', r.licence, ${versionMembers}, 'sides', r.sides,
  'status', json_build_object('state', r.state, 'at', tripoint.utc(r.at)), 'alternatives', ${alternatives}${more})`;

/** JSON members of a statement, over its alias. */
export const statementMembers = (s: Sql): Sql => sql`
  'id', ${s}.id, 'entering', ${s}.entering, 'traffic', ${s}.traffic, 'state', ${s}.state, 'hours', ${s}.hours,
  'reason', ${s}.reason,
  'from', tripoint.utc(${s}.valid_from), 'to', tripoint.utc(${s}.valid_to), 'source', ${s}.source`;

/** Of several sides. */
const stricter = (state: Sql): Sql => sql`CASE
      WHEN bool_or(${state} = 'closed') THEN 'closed'
      WHEN bool_or(${state} = 'restricted') THEN 'restricted'
      WHEN bool_or(${state} = 'unknown') THEN 'unknown'
      ELSE 'open'
    END`;

/**
 * The state of a crossing (that of the stricter side, by `tripoint.crossing_state`) and its sides, in one read.
 * Twin: tripoint.crossing_state in schema/crossings/crossing_state.functions.sql, compared by test/database/twins.test.ts.
 */
export const sidesOf = (
  crossing: Sql,
  at: Sql,
  more: Sql = nothing,
  sides: Sql = sql`crossing_side`,
): Sql => sql`
  SELECT ${stricter(sql`x.state`)} AS state,
    json_agg(json_build_object('country', x.country, 'names', x.names, 'adminUnit', x.admin_unit,
      'state', x.state${more}) ORDER BY x.country) AS sides
  FROM (
    SELECT d.crossing, d.country, d.names, d.admin_unit, tripoint.side_state(d.crossing, d.country, ${at}) AS state
    FROM ${sides} AS d WHERE d.crossing = ${crossing}
    OFFSET 0 -- otherwise the state would be computed again at each reference
  ) AS x`;

/** A statement is in effect until a later one of its kind covers all traffic, or the same; and what is planned after it. */
export const withStatements = (at: Sql): Sql => sql`, 'statements', (
  SELECT coalesce(json_agg(json_build_object(${statementMembers(sql`s`)}) ORDER BY s.valid_from DESC, s.recorded_at DESC), '[]')
  FROM crossing_status AS s
  WHERE s.crossing = x.crossing AND s.country = x.country AND ${isValid(sql`s`, at)}
    AND NOT EXISTS (
      SELECT 1 FROM crossing_status AS l
      WHERE l.crossing = x.crossing AND l.country = x.country AND ${isValid(sql`l`, at)}
        AND (l.valid_from, l.recorded_at) > (s.valid_from, s.recorded_at)
        AND (l.hours IS NULL) = (s.hours IS NULL)
        AND (l.entering IS NULL AND l.traffic = '{}'
          OR l.entering IS NOT DISTINCT FROM s.entering AND l.traffic = s.traffic))
  ), 'planned', (
  SELECT coalesce(json_agg(json_build_object(${statementMembers(sql`s`)}) ORDER BY s.valid_from, s.recorded_at), '[]')
  FROM (
    SELECT f.* FROM crossing_status AS f
    WHERE f.crossing = x.crossing AND f.country = x.country AND f.valid_from > ${at} AND f.withdrawn_at IS NULL
    ORDER BY f.valid_from, f.recorded_at LIMIT ${constant(MOST_PLANNED)}
  ) AS s)`;

/** The state of each class of traffic in each direction at each side, and what it rests on. */
const tableOf = (crossing: Sql, at: Sql): Sql => sql`(
  SELECT json_agg(json_build_object('entering', c.entering, 'traffic', c.traffic, 'state', c.state, 'sides', c.sides)
    ORDER BY c.entering, array_position(tripoint.traffic_classes(), c.traffic))
  FROM (
    SELECT t.entering, t.traffic, ${stricter(sql`t.state`)} AS state,
      json_agg(json_build_object('country', d.country, 'state', t.state, 'basis', t.basis, 'statement', t.statement)
        ORDER BY d.country) AS sides
    FROM crossing_side AS d CROSS JOIN LATERAL tripoint.side_table(d.crossing, d.country, ${at}) AS t
    WHERE d.crossing = ${crossing}
    GROUP BY t.entering, t.traffic
  ) AS c)`;

export const isValid = (period: Sql, at: Sql): Sql =>
  sql`${period}.withdrawn_at IS NULL AND ${period}.valid_from <= ${at} AND (${period}.valid_to IS NULL OR ${period}.valid_to > ${at})`;

/** By id, at an instant. */
export const crossings = (at: string | undefined, more?: Sql): Layer => ({
  columns: sql`${columns}, t.at, e.state, e.sides`,
  from: sql`${versionAt(sql`crossing`, sql`crossing_version`, at)} AS c CROSS JOIN ${instant(at)} CROSS JOIN LATERAL (${sidesOf(sql`c.id`, sql`t.at`, more, versionAt(sql`crossing_side`, sql`crossing_side_version`, at))}) AS e`,
  id: sql`c.id`,
  feature: featureText(sql`r.id`, sql`r.point`, properties(sql`r.alternatives`)),
  keys: [{ column: sql`c.id`, type: 'text' }],
  key: sql`r.id`,
});

/** Also with the statements and the table of each. */
export function wholeCrossings(at: string | undefined): Layer {
  const layer = crossings(at, withStatements(sql`t.at`));
  return {
    ...layer,
    columns: sql`${layer.columns}, ${tableOf(sql`c.id`, sql`t.at`)} AS cells`,
    feature: featureText(sql`r.id`, sql`r.point`, properties(sql`r.alternatives`, sql`, 'table', r.cells`)),
  };
}

export const hasSide = (country: string): Sql =>
  sql`EXISTS (SELECT 1 FROM crossing_side AS d WHERE d.crossing = c.id AND d.country = ${country})`;
