import type { Ring } from '../core/messages/message.params.ts';
import type { AreaGeometry } from './area.shape.ts';
import type { Position } from './position.schema.ts';

export interface NamedRing {
  ring: Ring;
  path: (string | number)[]; // in the GeoJSON geometry
  positions: Position[];
}

export const polygonsOf = (area: AreaGeometry): Position[][][] =>
  area.type === 'Polygon' ? [area.coordinates] : area.coordinates;

/** All rings in coordinate order. */
export function ringsOf(area: AreaGeometry): NamedRing[] {
  const isMulti = area.type === 'MultiPolygon';
  return polygonsOf(area).flatMap((rings, part) =>
    rings.map((positions, hole) => ({
      ring: isMulti ? { hole, part: part + 1 } : { hole },
      path: isMulti ? ['coordinates', part, hole] : ['coordinates', hole],
      positions,
    })),
  );
}
