import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { GRID } from './tile.grid.ts';

type GridPosition = [x: number, y: number];

/** A geometry in units of the tile, as the database wrote it. */
type GridGeometry =
  | { type: 'Point'; coordinates: GridPosition }
  | { type: 'LineString'; coordinates: GridPosition[] }
  | { type: 'MultiLineString' | 'Polygon'; coordinates: GridPosition[][] }
  | { type: 'MultiPolygon'; coordinates: GridPosition[][][] };

export type GridFeature = [geometry: GridGeometry, properties: Record<string, string | number | boolean>];

/** A layer of a Mapbox Vector Tile 2.1, for databases without ST_AsMVT. */
export function encodeLayer(name: string, features: readonly GridFeature[]): Buffer {
  const layer = { features: features.map(([geometry, tags]) => ({ ...partsOf(geometry), tags })) };
  return Buffer.from(fromGeojsonVt({ [name]: layer } as never, { version: 2, extent: GRID.extent }));
}

/** The format's type number: 1 points, 2 lines, 3 areas. */
function partsOf({ type, coordinates }: GridGeometry): { type: 1 | 2 | 3; geometry: unknown } {
  switch (type) {
    case 'Point':
      return { type: 1, geometry: [coordinates] };
    case 'LineString':
      return { type: 2, geometry: [coordinates] };
    case 'MultiLineString':
      return { type: 2, geometry: coordinates };
    case 'Polygon':
      return { type: 3, geometry: coordinates };
    case 'MultiPolygon':
      return { type: 3, geometry: coordinates.flat() };
  }
}
