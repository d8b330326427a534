import type { AreaGeometry } from './area.shape.ts';
import type { Position } from './position.schema.ts';

export interface NamedRing {
  name: string; // in messages: "hole 1 of part 2"
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
      name: (hole === 0 ? 'the exterior ring' : `hole ${hole}`) + (isMulti ? ` of part ${part + 1}` : ''),
      path: isMulti ? ['coordinates', part, hole] : ['coordinates', hole],
      positions,
    })),
  );
}
