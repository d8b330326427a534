import type { Box } from '../geometry/bbox.parse.ts';
import { type Sql, sql } from './sql.ts';

// Transform the box, not the column: the GiST index is on the stored reference system.
const envelope = (west: number, south: number, east: number, north: number) =>
  sql`ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, 4326)`;

/** OGC API – Features 1.0.1 §7.15.3: west > east means that the box crosses the antimeridian. */
export const inBox = (column: Sql, { west, south, east, north }: Box): Sql =>
  west <= east
    ? sql`ST_Intersects(${column}, ${envelope(west, south, east, north)})`
    : sql`(ST_Intersects(${column}, ${envelope(west, south, 180, north)})
        OR ST_Intersects(${column}, ${envelope(-180, south, east, north)}))`;

export const pointAt = (lon: number, lat: number): Sql =>
  sql`ST_SetSRID(ST_MakePoint(${lon}::float, ${lat}::float), 4326)`;

export const fromGeoJson = (geometry: object): Sql =>
  sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), 4326)`;

/** One Feature as JSON text. Text beside `json_build_object` is quicker than a record turned into JSON. */
export const featureText = (id: Sql, geometry: Sql, properties: Sql): Sql => sql`
  '{"type":"Feature","id":' || to_json(${id})::text
  || ',"geometry":' || coalesce(ST_AsGeoJSON(${geometry}, 6), 'null')
  || ',"properties":' || ${properties}::text || '}'`;
