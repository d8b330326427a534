import type { Geometry, Position } from 'geojson';
import { badRequest } from '../../core/problem.ts';
import { dropRepeats } from '../../geometry/area.mend.ts';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import { findTopologyFault } from '../../geometry/area.topology.ts';
import type { Box } from '../../geometry/bbox.parse.ts';
import type { FilterCrs } from './filter.crs.ts';

/** Longitude or easting first, without heights; a Problem if it is outside the CRS bounds or not a valid area. */
export function placeGeometry(geometry: Geometry, crs: FilterCrs): Geometry {
  if (geometry.type === 'GeometryCollection')
    return { ...geometry, geometries: geometry.geometries.map((member) => placeGeometry(member, crs)) };
  const placed = { type: geometry.type, coordinates: place(geometry.coordinates, crs) } as Geometry;
  return placed.type === 'Polygon' || placed.type === 'MultiPolygon'
    ? checkArea(placed as AreaGeometry)
    : placed;
}

/** Positions in lists of any depth. */
export type Coordinates = Position | Coordinates[];

const place = (coordinates: Coordinates, crs: FilterCrs): Coordinates =>
  typeof coordinates[0] === 'number'
    ? placePosition(coordinates as Position, crs)
    : (coordinates as Coordinates[]).map((member) => place(member, crs));

function placePosition(position: Position, { axes, bounds }: FilterCrs): Position {
  const [x, y] = (axes === 'xy' ? [position[0], position[1]] : [position[1], position[0]]) as [
    number,
    number,
  ];
  const [minX, minY, maxX, maxY] = bounds;
  if (x >= minX && x <= maxX && y >= minY && y <= maxY) return [x, y];
  const [alongX, alongY] = [[minX, maxX] as const, [minY, maxY] as const];
  const [first, second] = axes === 'xy' ? [alongX, alongY] : [alongY, alongX];
  throw badRequest('cql2-position-outside', { position, first, second });
}

function checkArea(area: AreaGeometry): Geometry {
  const mended = dropRepeats(area);
  const fault = findTopologyFault(mended);
  if (fault) throw badRequest('cql2-area', { fault: fault.says });
  return mended;
}

export interface PlacedBox {
  geometry: Geometry;
  /** In longitude and latitude. */
  box: Box | undefined;
}

/** OGC 21-065r2, Basic Spatial Functions: if west > east the box crosses the antimeridian. */
export function placeBox(bbox: readonly number[], crs: FilterCrs): PlacedBox {
  const axes = bbox.length / 2;
  const [west, south] = placePosition(bbox.slice(0, 2), crs) as [number, number];
  const [east, north] = placePosition(bbox.slice(axes, axes + 2), crs) as [number, number];
  if (south > north) throw badRequest('cql2-box-upside-down', { south, north });
  if (west > east && !crs.isGeographic) throw badRequest('cql2-box-backwards', { west, east });
  const box = { west, south, east, north };
  return { geometry: geometryOfBox(box), box: crs.isGeographic ? box : undefined };
}

function geometryOfBox({ west, south, east, north }: Box): Geometry {
  if (west <= east) return rectangle(west, south, east, north);
  const halves = [rectangle(west, south, 180, north), rectangle(-180, south, east, north)];
  const areas = halves.flatMap((half) => (half.type === 'Polygon' ? [half.coordinates] : []));
  if (areas.length === halves.length) return { type: 'MultiPolygon', coordinates: areas };
  return { type: 'GeometryCollection', geometries: halves };
}

/** A box without width or height is a line or a point: as a polygon it would be invalid. */
function rectangle(west: number, south: number, east: number, north: number): Geometry {
  const [low, high] = [
    [west, south],
    [east, north],
  ];
  if (west === east && south === north) return { type: 'Point', coordinates: low! };
  if (west === east || south === north) return { type: 'LineString', coordinates: [low!, high!] };
  return { type: 'Polygon', coordinates: [[low!, [east, south], high!, [west, north], low!]] };
}

const EDGE_METRES = 10_000;
const MOST_EDGES = 5_000;

/**
 * Straight lines of a projection are curved in longitude and latitude. Edges of at most this length stay within metres
 * of them; it grows for long outlines, so that there are at most a few thousand edges.
 */
export function edgeMetres(geometry: Geometry): number {
  return Math.max(EDGE_METRES, lengthOf(geometry) / MOST_EDGES);
}

function lengthOf(geometry: Geometry): number {
  if (geometry.type === 'GeometryCollection')
    return geometry.geometries.reduce((sum, member) => sum + lengthOf(member), 0);
  return lengthAlong(geometry.coordinates);
}

function lengthAlong(coordinates: Coordinates): number {
  if (typeof coordinates[0] === 'number') return 0;
  const members = coordinates as Coordinates[];
  if (typeof members[0]![0] !== 'number')
    return members.reduce((sum, member) => sum + lengthAlong(member), 0);
  const positions = members as Position[];
  return positions
    .slice(1)
    .reduce((sum, [x, y], i) => sum + Math.hypot(x! - positions[i]![0]!, y! - positions[i]![1]!), 0);
}
