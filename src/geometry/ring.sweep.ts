import type { Position } from './position.schema.ts';

/** An illegal intersection of two rings, or of a ring with itself. */
export interface Conflict {
  kind: 'crosses' | 'touches' | 'overlaps';
  at: Position;
  rings: readonly [number, number]; // indexes in the searched list
}

interface Edge {
  ring: number;
  index: number; // in its ring
  ringLength: number; // in edges
  left: Position; // the end that the sweep line meets first
  right: Position;
}

interface Event {
  at: Position;
  starts: boolean;
  edge: Edge;
}

/**
 * The first conflict of closed rings without repeated consecutive positions, found by a sweep from west to east (Shamos and
 * Hoey, 1976): of all edges that the sweep line cuts, only neighbours can be the next to meet. turf's kinks and lineIntersect
 * compare all pairs (1 to 2 s for 10,000 vertices) and overlook spikes or rings that touch themselves. Rings may touch others.
 */
export function findConflict(rings: readonly Position[][]): Conflict | undefined {
  const cut: Edge[] = []; // from south to north
  for (const { starts, edge } of eventsOf(rings)) {
    const conflict = starts ? enter(cut, edge) : leave(cut, edge);
    if (conflict) return conflict;
  }
  return findRepeatedPosition(rings);
}

function eventsOf(rings: readonly Position[][]): Event[] {
  const edges = rings.flatMap((ring, i) => edgesOf(ring, i));
  const events = edges.flatMap((edge) => [
    { at: edge.left, starts: true, edge },
    { at: edge.right, starts: false, edge },
  ]);
  // at the same position, edges leave before others enter
  return events.sort((a, b) => eastward(a.at, b.at) || Number(a.starts) - Number(b.starts));
}

const edgesOf = (positions: Position[], ring: number): Edge[] =>
  positions.slice(1).map((end, index) => {
    const start = positions[index]!;
    const [left, right] = eastward(start, end) < 0 ? [start, end] : [end, start];
    return { ring, index, ringLength: positions.length - 1, left, right };
  });

/** Order along the sweep: by longitude, then by latitude. */
const eastward = (a: Position, b: Position): number => a[0] - b[0] || a[1] - b[1];

function enter(cut: Edge[], edge: Edge): Conflict | undefined {
  const at = placeOf(edge, cut);
  cut.splice(at, 0, edge);
  return conflictOf(cut[at - 1], edge) ?? conflictOf(edge, cut[at + 1]);
}

function leave(cut: Edge[], edge: Edge): Conflict | undefined {
  const at = cut.indexOf(edge);
  cut.splice(at, 1);
  return conflictOf(cut[at - 1], cut[at]);
}

function placeOf(edge: Edge, cut: Edge[]): number {
  let [low, high] = [0, cut.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = cut[middle]!;
    if ((sideOf(other, edge.left) || sideOf(other, edge.right)) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function conflictOf(a: Edge | undefined, b: Edge | undefined): Conflict | undefined {
  if (!a || !b) return undefined;
  const ofB = [sideOf(a, b.left), sideOf(a, b.right)] as const;
  const ofA = [sideOf(b, a.left), sideOf(b, a.right)] as const;
  if (ofB[0] * ofB[1] > 0 || ofA[0] * ofA[1] > 0) return undefined;
  const rings = [a.ring, b.ring] as const;
  if ([...ofA, ...ofB].every((side) => side === 0)) return overlapOf(a, b);
  if (ofB[0] * ofB[1] < 0 && ofA[0] * ofA[1] < 0) return { kind: 'crosses', at: crossingOf(a, b), rings };
  if (a.ring !== b.ring || shareCorner(a, b)) return undefined;
  const at = ofB[0] === 0 ? b.left : ofB[1] === 0 ? b.right : ofA[0] === 0 ? a.left : a.right;
  return { kind: 'touches', at, rings };
}

/**
 * 1 north of the edge, -1 south of it, 0 on it or within rounding error. The bound is that of Shewchuk's adaptive
 * predicates (1997): a relative 3.33e-16 of the two products.
 */
function sideOf({ left, right }: Edge, [lon, lat]: Position): number {
  const north = (right[0] - left[0]) * (lat - left[1]);
  const south = (right[1] - left[1]) * (lon - left[0]);
  const doubt = 3.34e-16 * (Math.abs(north) + Math.abs(south));
  return Math.abs(north - south) <= doubt ? 0 : Math.sign(north - south);
}

/** The overlap of two collinear edges, if they share more than a point. */
function overlapOf(a: Edge, b: Edge): Conflict | undefined {
  const from = eastward(a.left, b.left) < 0 ? b.left : a.left;
  const to = eastward(a.right, b.right) < 0 ? a.right : b.right;
  return eastward(from, to) < 0 ? { kind: 'overlaps', at: from, rings: [a.ring, b.ring] } : undefined;
}

function crossingOf(a: Edge, b: Edge): Position {
  const [dx, dy] = [a.right[0] - a.left[0], a.right[1] - a.left[1]];
  const [ex, ey] = [b.right[0] - b.left[0], b.right[1] - b.left[1]];
  const share = ((b.left[0] - a.left[0]) * ey - (b.left[1] - a.left[1]) * ex) / (dx * ey - dy * ex);
  return [a.left[0] + share * dx, a.left[1] + share * dy];
}

function shareCorner(a: Edge, b: Edge): boolean {
  const gap = Math.abs(a.index - b.index);
  return gap === 1 || gap === a.ringLength - 1;
}

/** A repeated corner of a ring: the sweep does not find it, because edges that end and start there are never neighbours. */
function findRepeatedPosition(rings: readonly Position[][]): Conflict | undefined {
  for (const [i, ring] of rings.entries()) {
    const seen = new Set<string>();
    for (const at of ring.slice(1)) {
      const key = `${at[0]} ${at[1]}`;
      if (seen.has(key)) return { kind: 'touches', at, rings: [i, i] };
      seen.add(key);
    }
  }
  return undefined;
}

/** Whether all positions are collinear. */
export function isFlat(ring: Position[]): boolean {
  const [first, second] = ring;
  if (!first || !second) return true;
  const edge = { left: first, right: second, ring: 0, index: 0, ringLength: 1 };
  return ring.every((position) => sideOf(edge, position) === 0);
}
