import type { Edges } from '../../../geometry/bbox.parse.ts';
import type { GeometryType } from '../../collection/collection.sql.ts';
import { PROJJSON } from './crs.projjson.ts';
import { BOX, BOX_SIDES, GEOMETRY } from './geoparquet.columns.ts';

/** The GeoParquet metadata of a Parquet file. Without `crs` it is CRS84. */
export const geoMetadata = (geometryType: GeometryType, srid: number, bbox: Edges | undefined) => ({
  key: 'geo',
  value: JSON.stringify({
    version: '1.1.0',
    primary_column: GEOMETRY,
    columns: {
      [GEOMETRY]: {
        encoding: 'WKB',
        geometry_types: bbox ? [geometryType] : [],
        crs: PROJJSON[srid],
        bbox,
        // readers skip row groups whose boxes lie elsewhere
        covering: { bbox: Object.fromEntries(BOX_SIDES.map((side) => [side, [BOX, side]])) },
      },
    },
  }),
});
