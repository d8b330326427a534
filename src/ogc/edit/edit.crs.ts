import type { Request } from 'express';
import type { Position } from 'geojson';
import { shown } from '../../core/messages/message.ts';
import { inBody, inHeader, invalidInput } from '../../core/problem.ts';
import { ALL_CRS, CRS84, type Crs } from '../../geometry/crs.ts';
import { EPSG_3857, EPSG_32632 } from '../cql2/filter.crs.ts';

const BOUNDS: Record<number, readonly [number, number, number, number]> = {
  3857: EPSG_3857.bounds,
  32632: EPSG_32632.bounds,
};

/** OGC API – Features Part 4: `Content-Crs` of a request, with angle brackets or, as QGIS sends it, without. */
export function contentCrsOf({ headers }: Pick<Request, 'headers'>): Crs {
  const header = headers['content-crs'];
  if (header === undefined) return CRS84;
  const uri = String(header)
    .trim()
    .replace(/^<(.*)>$/, '$1');
  const found = ALL_CRS.find((crs) => crs.uri === uri);
  if (found) return found;
  const known = ALL_CRS.map((crs) => crs.uri);
  throw invalidInput([inHeader('Content-Crs', 'crs-unknown', { uri, known })]);
}

/** The positions of a geometry in their order, longitude or easting first. */
export function positionsOf(geometry: object, crs: Crs): Position[] {
  const positions: Position[] = [];
  mapPositions(geometry, (position) => {
    positions.push(placed(position, crs));
    return position;
  });
  return positions;
}

/** The geometry with each position replaced. */
export function mapPositions(geometry: object, map: (position: Position) => Position): object {
  const walk = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return typeof value[0] === 'number' && value.every(isNumber) ? map(value) : value.map(walk);
  };
  return 'coordinates' in geometry ? { ...geometry, coordinates: walk(geometry.coordinates) } : geometry;
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

function placed([x = Number.NaN, y = Number.NaN]: Position, { srid }: Crs): Position {
  const bounds = BOUNDS[srid]!;
  const [minX, minY, maxX, maxY] = bounds;
  if (x >= minX && x <= maxX && y >= minY && y <= maxY) return [x, y];
  throw invalidInput([
    inBody('geometry.coordinates', 'position-outside-crs', { x: shown(x), y: shown(y), srid, bounds }),
  ]);
}
