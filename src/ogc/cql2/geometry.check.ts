import type { Geometry, Position } from 'geojson';
import { excerpt } from '../../core/messages/message.ts';
import type { Cql2Box } from './cql2.expression.ts';
import { contextOf, type ExpressionContext, fault, tooLarge } from './expression.fault.ts';

interface CoordinatesRule {
  /** Nesting depth of positions in the coordinates. */
  depth: number;
  /** Minimum length of the innermost list. */
  fewest: number;
  isRing?: boolean;
}

const SHAPES = new Map<unknown, CoordinatesRule>([
  ['Point', { depth: 0, fewest: 1 }],
  ['MultiPoint', { depth: 1, fewest: 1 }],
  ['LineString', { depth: 1, fewest: 2 }],
  ['MultiLineString', { depth: 2, fewest: 2 }],
  ['Polygon', { depth: 2, fewest: 4, isRing: true }],
  ['MultiPolygon', { depth: 3, fewest: 4, isRing: true }],
]);
/** Of collections within each other: PostGIS reads about a dozen, and a filter needs none. */
const MOST_COLLECTIONS = 8;
const KNOWN = ['type', 'coordinates', 'geometries', 'bbox'];

/** Checks the form of a GeoJSON geometry; its coordinates are checked once its CRS is known. */
export function checkGeometry(value: object, at: ExpressionContext): Geometry {
  const { type, coordinates, geometries } = value as Record<string, unknown>;
  const other = Object.keys(value).find((name) => !KNOWN.includes(name));
  if (other !== undefined) return fault(at, 'cql2-geometry-member', { member: excerpt(other) });
  if (type === 'GeometryCollection') return { type, geometries: checkMembers(geometries, at) };
  const shape = SHAPES.get(type);
  if (!shape) return fault(at, 'cql2-geometry-type', { value: excerpt(type) });
  return { type, coordinates: checkCoordinates(coordinates, shape, at) } as Geometry;
}

function checkMembers(geometries: unknown, at: ExpressionContext): Geometry[] {
  if (at.path.length >= at.limits.levels) tooLarge('cql2-too-deep', { most: at.limits.levels });
  const around = at.path.filter((name) => name.startsWith('geometries[')).length;
  if (around >= MOST_COLLECTIONS) tooLarge('cql2-collections-deep', { most: MOST_COLLECTIONS });
  if (Array.isArray(geometries) && geometries.length > 0)
    return geometries.map((one, i) => checkGeometry(Object(one), contextOf(at, `geometries[${i}]`)));
  return fault(at, 'cql2-collection-empty');
}

function checkCoordinates(value: unknown, shape: CoordinatesRule, at: ExpressionContext): unknown {
  if (shape.depth === 0) return checkPosition(value, at);
  if (!Array.isArray(value) || value.length === 0)
    return fault(at, 'cql2-coordinates', { value: excerpt(value) });
  const members = value.map((member) => checkCoordinates(member, { ...shape, depth: shape.depth - 1 }, at));
  if (shape.depth === 1) checkLine(members as Position[], shape, at);
  return members;
}

function checkPosition(value: unknown, at: ExpressionContext): Position {
  at.counted.vertices += 1;
  const { vertices } = at.limits;
  if (at.counted.vertices > vertices) tooLarge('cql2-too-many-positions', { most: vertices });
  const isPosition = Array.isArray(value) && (value.length === 2 || value.length === 3);
  if (!isPosition || !value.every(Number.isFinite))
    return fault(at, 'cql2-position', { value: excerpt(value) });
  return value.map((number: number) => number + 0);
}

function checkLine(
  positions: Position[],
  { fewest, isRing = false }: CoordinatesRule,
  at: ExpressionContext,
): void {
  const [first, last] = [positions[0]!, positions.at(-1)!];
  if (positions.length < fewest) fault(at, 'cql2-line-short', { positions: positions.length, fewest });
  if (isRing && (first[0] !== last[0] || first[1] !== last[1])) fault(at, 'cql2-ring-open', { first, last });
}

export function checkBox(value: unknown, at: ExpressionContext): Cql2Box {
  const isBox = Array.isArray(value) && (value.length === 4 || value.length === 6);
  if (!isBox || !value.every(Number.isFinite)) return fault(at, 'cql2-box');
  return { bbox: value.map((number: number) => number + 0) };
}
