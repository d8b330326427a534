import type { Box, Edges } from '../geometry/bbox.parse.ts';
import { plannedEachTime, type Sql, sql } from './sql.ts';

// Transform the box, not the column: the GiST index is on the stored CRS.
export const rectangle = (west: number, south: number, east: number, north: number) =>
  sql`ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, 4326)`;

/** OGC API – Features 1.0.1 §7.15.3: west > east means the box crosses the antimeridian. */
const eachHalf = ({ west, south, east, north }: Box, isIn: (...edges: Edges) => Sql): Sql =>
  plannedEachTime(
    west <= east
      ? isIn(west, south, east, north)
      : sql`(${isIn(west, south, 180, north)} OR ${isIn(-180, south, east, north)})`,
  );

export const inBox = (column: Sql, box: Box): Sql =>
  eachHalf(box, (...edges) => sql`ST_Intersects(${column}, ${rectangle(...edges)})`);

/**
 * The same for points. PostgreSQL estimates ST_Intersects as so expensive that it scans a hundred thousand entries of
 * other indexes to save a few calls; comparing is cheap. CASE, because otherwise it estimates that almost no row passes.
 */
export const pointInBox = (point: Sql, box: Box): Sql =>
  eachHalf(box, (...edges) => pointWithin(point, edges, rectangle(...edges)));

/** `area`: the box with these edges. */
export const pointWithin = (point: Sql, [west, south, east, north]: Edges, area: Sql): Sql =>
  sql`(${point} && ${area} AND CASE WHEN ST_X(${point}) >= ${west}::float AND ST_X(${point}) <= ${east}::float
    AND ST_Y(${point}) >= ${south}::float AND ST_Y(${point}) <= ${north}::float THEN true ELSE false END)`;

export const pointAt = (lon: number, lat: number): Sql =>
  sql`ST_SetSRID(ST_MakePoint(${lon}::float, ${lat}::float), 4326)`;

export const fromGeoJson = (geometry: object): Sql =>
  sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), 4326)`;

/** RFC 7946 §3.1.6: outer rings counterclockwise. For areas only, because the function also turns lines round. */
export const wound = (area: Sql): Sql => sql`ST_ForcePolygonCCW(${area})`;

/** The end of a feature that names its exercise, wherever it is shown. In the actual world nothing is added. */
export const endNamingExercise = sql`(SELECT CASE w.kind WHEN 'exercise' THEN ',"world":' || to_json(w.id)::text ELSE '' END || '}'
  FROM world AS w)`;

const END = sql`'}'`;

/** One Feature as JSON text. Text around `json_build_object` is faster than a record converted to JSON. */
export const featureText = (id: Sql, geometry: Sql, properties: Sql, end: Sql = END): Sql => sql`
  '{"type":"Feature","id":' || to_json(${id})::text
  || ',"geometry":' || coalesce(ST_AsGeoJSON(${geometry}, 6), 'null')
  || ',"properties":' || ${properties}::text || ${end}`;
