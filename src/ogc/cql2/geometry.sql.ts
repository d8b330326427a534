import type { Geometry } from 'geojson';
import type { Said } from '../../core/messages/message.params.ts';
import { fromGeoJson } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FilterCrs } from './filter.crs.ts';
import { edgeMetres, placeBox, placeGeometry } from './geometry.place.ts';
import type { GeometryOperand } from './operand.sql.ts';

export const geometryOf = (geometry: Geometry, crs: FilterCrs): GeometryOperand =>
  constant(placeGeometry(geometry, crs), crs, { is: 'geometry', type: geometry.type });

export function boxOf(bbox: readonly number[], crs: FilterCrs): GeometryOperand {
  const { geometry, box } = placeBox(bbox, crs);
  return { ...constant(geometry, crs, { is: 'box' }), box };
}

function constant(geometry: Geometry, crs: FilterCrs, said: Said): GeometryOperand {
  const piece = inWgs84(geometry, crs);
  return { kind: 'geometry', sql: piece, geography: sql`(${piece})::geography`, isColumn: false, said };
}

// Transform the constant, not the column: the index is on the stored CRS.
const inWgs84 = (geometry: Geometry, { srid, isGeographic }: FilterCrs): Sql =>
  isGeographic
    ? fromGeoJson(geometry)
    : sql`ST_Transform(ST_Segmentize(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), ${srid}::int),
        ${edgeMetres(geometry)}::float8), 4326)`;
