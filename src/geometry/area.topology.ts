import { bbox } from '@turf/bbox';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { polygon } from '@turf/helpers';
import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import { type NamedRing, polygonsOf, ringsOf } from './area.rings.ts';
import type { AreaGeometry } from './area.shape.ts';
import { type Position, roundedPosition } from './position.schema.ts';
import { type Conflict, findConflict, isFlat } from './ring.sweep.ts';

export interface TopologyFault {
  says: Message;
  path: (string | number)[];
}

/**
 * The first reason why closed rings do not bound an area. The database (ST_IsValid) finds rings that cross exactly at a
 * shared corner, and holes that split their area by touching.
 */
export function findTopologyFault(area: AreaGeometry): TopologyFault | undefined {
  const rings = ringsOf(area);
  const flat = rings.find((ring) => isFlat(ring.positions));
  if (flat) return { says: message('ring-flat', { ring: flat.ring }), path: flat.path };

  const conflict = findConflict(rings.map((ring) => ring.positions));
  return conflict ? describe(conflict, rings) : findMisplacedRing(area, rings);
}

const ALONE = {
  crosses: 'ring-crosses-itself',
  touches: 'ring-touches-itself',
  overlaps: 'ring-runs-back',
} as const;

function describe({ kind, at: position, rings }: Conflict, named: NamedRing[]): TopologyFault {
  const [first, second] = [named[Math.max(...rings)]!, named[Math.min(...rings)]!];
  const at = roundedPosition(position);
  const { ring, path } = first;
  if (first === second) return { says: message(ALONE[kind], { ring, at }), path };
  const code = kind === 'crosses' ? 'rings-cross' : 'rings-share-line';
  return { says: message(code, { ring, other: second.ring, at }), path };
}

function findMisplacedRing(area: AreaGeometry, named: NamedRing[]): TopologyFault | undefined {
  const polygons = polygonsOf(area);
  const namedBy = new Map(named.map((ring) => [ring.positions, ring]));
  const fault = (
    positions: Position[],
    code: 'ring-outside' | 'ring-inside',
    other: Position[],
  ): TopologyFault => {
    const { ring, path } = namedBy.get(positions)!;
    const at = roundedPosition(positions[0]!);
    return { says: message(code, { ring, other: namedBy.get(other)!.ring, at }), path };
  };
  for (const [shell, ...holes] of polygons as [Position[], ...Position[][]][]) {
    const stray = holes.find((hole) => liesIn([shell], hole) === false);
    if (stray) return fault(stray, 'ring-outside', shell);
    const [inner, outer] = findNested(holes.map((hole) => [hole])) ?? [];
    if (inner && outer) return fault(inner, 'ring-inside', outer);
  }
  const [inner, outer] = findNested(polygons) ?? [];
  return inner && outer && fault(inner, 'ring-inside', outer);
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
