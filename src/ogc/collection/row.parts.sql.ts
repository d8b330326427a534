import { bbox } from '@turf/bbox';
import type { Geometry } from 'geojson';
import { fromGeoJson, pointWithin, rectangle } from '../../db/spatial.ts';
import { all, type Sql } from '../../db/sql.ts';
import type { Box, Edges } from '../../geometry/bbox.parse.ts';
import type { BoundArea, Cells, Parts } from './collection.sql.ts';

/** The points in a box that does not cross the antimeridian. */
export function areaOfBox({ west, south, east, north }: Box, point: Sql): BoundArea {
  const edges: Edges = [west, south, east, north];
  return { cover: rectangle(...edges), test: (cover) => pointWithin(point, edges, cover), edges };
}

/** A geometry in WGS 84, longitude first. */
export const areaOfGeometry = (geometry: Geometry, test: BoundArea['test']): BoundArea => ({
  test,
  cover: fromGeoJson(geometry),
  edges: bbox(geometry) as unknown as Edges,
});

/** What conditions on these fields ask. */
export function asksOf({ held }: Cells, names: readonly string[]): Parts['asks'] {
  if (names.length === 0) return 'nothing';
  return names.every((name) => held.includes(name)) ? 'held' : 'others';
}

/** Both tests; of the covers the smaller one. */
export function both(one: BoundArea, other: BoundArea): BoundArea {
  const [smaller, larger] = sizeOf(one) <= sizeOf(other) ? [one, other] : [other, one];
  return { ...smaller, test: (cover) => all(smaller.test(cover), larger.test(larger.cover)) };
}

const sizeOf = ({ edges: [west, south, east, north] }: BoundArea): number => (east - west) * (north - south);
