import { rewind } from '@turf/rewind';
import type { AreaGeometry } from './area.shape.ts';
import { isSamePosition, type Position, withoutAltitude } from './position.schema.ts';

/**
 * Drops altitudes and repeated positions. turf's cleanCoords would also drop the middle one of three collinear positions,
 * and with it vertices that two areas share along a border.
 */
export function dropRepeats<T extends AreaGeometry>(area: T): T {
  const coordinates =
    area.type === 'Polygon'
      ? area.coordinates.map(withoutRepeats)
      : area.coordinates.map((rings) => rings.map(withoutRepeats));
  return { ...area, coordinates };
}

/** RFC 7946 §3.1.6: the exterior ring runs counter-clockwise, holes run clockwise. */
export const windAsRfc7946 = <T extends AreaGeometry>(area: T): T => rewind(area, { mutate: false }) as T;

const withoutRepeats = (ring: Position[]): Position[] =>
  ring.filter((position, i) => i === 0 || !isSamePosition(position, ring[i - 1]!)).map(withoutAltitude);
