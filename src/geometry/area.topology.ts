import { bbox, booleanPointInPolygon, polygon } from '@turf/turf';
import { type NamedRing, polygonsOf, ringsOf } from './area.rings.ts';
import type { AreaGeometry } from './area.shape.ts';
import { type Position, showPosition } from './position.schema.ts';
import { type Conflict, findConflict, isFlat } from './ring.sweep.ts';

export interface TopologyFault {
  message: string;
  path: (string | number)[];
}

/**
 * The first reason why closed rings do not bound an area. The database (ST_IsValid) finds rings that cross exactly at a
 * shared corner, and holes that split their area by touching.
 */
export function findTopologyFault(area: AreaGeometry): TopologyFault | undefined {
  const rings = ringsOf(area);
  const flat = rings.find((ring) => isFlat(ring.positions));
  if (flat)
    return { message: `${flat.name} has no area: all its positions lie in one line`, path: flat.path };

  const conflict = findConflict(rings.map((ring) => ring.positions));
  return conflict ? describe(conflict, rings) : findMisplacedRing(area, rings);
}

function describe({ kind, at, rings }: Conflict, named: NamedRing[]): TopologyFault {
  const [first, second] = [named[Math.max(...rings)]!, named[Math.min(...rings)]!];
  const place = `near ${showPosition(at)}`;
  const { path } = first;
  if (first === second) {
    const does = { crosses: 'crosses itself', touches: 'touches itself', overlaps: 'runs back along itself' }[
      kind
    ];
    return { message: `${first.name} ${does} ${place}`, path };
  }
  if (kind === 'crosses') return { message: `${first.name} crosses ${second.name} ${place}`, path };
  return {
    message: `${first.name} and ${second.name} share a stretch of line ${place}; merge them into one ring`,
    path,
  };
}

function findMisplacedRing(area: AreaGeometry, named: NamedRing[]): TopologyFault | undefined {
  const polygons = polygonsOf(area);
  const nameOf = new Map(named.map((ring) => [ring.positions, ring]));
  const fault = (ring: Position[], says: string, other: Position[]): TopologyFault => {
    const { name, path } = nameOf.get(ring)!;
    return { message: `${name} ${says} ${nameOf.get(other)!.name}, see ${showPosition(ring[0]!)}`, path };
  };
  for (const [shell, ...holes] of polygons as [Position[], ...Position[][]][]) {
    const stray = holes.find((hole) => liesIn([shell], hole) === false);
    if (stray) return fault(stray, 'lies outside', shell);
    const [inner, outer] = findNested(holes.map((hole) => [hole])) ?? [];
    if (inner && outer) return fault(inner, 'lies inside', outer);
  }
  const [inner, outer] = findNested(polygons) ?? [];
  return inner && outer && fault(inner, 'lies inside', outer);
}

/** Exterior rings of two non-crossing polygons, the first inside the second. */
function findNested(polygons: Position[][][]): [Position[], Position[]] | undefined {
  const boxes = polygons.map((rings) => bbox(polygon([rings[0]!])));
  for (const [i, outer] of polygons.entries()) {
    const [west, south, east, north] = boxes[i]!;
    const inner = polygons.find((candidate, k) => {
      const box = boxes[k]!;
      const fits = i !== k && box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north;
      return fits && liesIn(outer, candidate[0]!) === true;
    });
    if (inner) return [inner[0]!, outer[0]!];
  }
  return undefined;
}

const CORNERS_TO_TRY = 3; // the database checks a ring with more of them on the boundary

/** Whether a ring that does not cross the polygon's rings is inside it; undefined if it is only on its boundary. */
function liesIn(rings: Position[][], ring: Position[]): boolean | undefined {
  const outer = polygon(rings);
  for (const corner of ring.slice(0, CORNERS_TO_TRY)) {
    if (!booleanPointInPolygon(corner, outer)) return false;
    if (booleanPointInPolygon(corner, outer, { ignoreBoundary: true })) return true;
  }
  return undefined;
}
