import type { Geometry } from 'geojson';
import { type Cql2Expression, isBox, isCall, isGeometry, isInterval, isProperty } from './cql2.expression.ts';
import type { FilterCrs } from './filter.crs.ts';
import { placeBox, placeGeometry } from './geometry.place.ts';

/** The names of the properties in an expression. */
export function propertiesIn(expression: Cql2Expression): string[] {
  if (Array.isArray(expression)) return expression.flatMap(propertiesIn);
  if (typeof expression !== 'object') return [];
  if (isProperty(expression)) return [expression.property];
  if (isInterval(expression)) return propertiesIn(expression.interval);
  return isCall(expression) ? propertiesIn(expression.args) : [];
}

/** Relations that only a geometry which meets the other has. */
const MEETING = [
  's_intersects',
  's_equals',
  's_touches',
  's_crosses',
  's_overlaps',
  's_within',
  's_contains',
];

/** A geometry in WGS 84, longitude first, that every matching feature meets; undefined: no such geometry is known. */
export function areaOf(expression: Cql2Expression, crs: FilterCrs): Geometry | undefined {
  if (!crs.isGeographic || !isCall(expression)) return undefined;
  const { op, args } = expression;
  if (op === 'and') return args.map((arg) => areaOf(arg, crs)).find((geometry) => geometry !== undefined);
  if (!MEETING.includes(op) || !args.some(isProperty)) return undefined;
  const constant = args.find((arg) => isBox(arg) || isGeometry(arg));
  if (constant === undefined) return undefined;
  if (isBox(constant)) {
    const { geometry, box } = placeBox(constant.bbox, crs);
    return box && box.west <= box.east ? geometry : undefined;
  }
  return placeGeometry(constant as Geometry, crs);
}

/** Whether the expression says no more than that a feature meets the geometry of `areaOf`. */
export const saysAreaAlone = (expression: Cql2Expression): boolean =>
  isCall(expression) && expression.op === 's_intersects' && expression.args.some(isGeometry);
