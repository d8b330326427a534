import type { Edges } from '../../../geometry/bbox.parse.ts';
import { boxAround } from './place.text.ts';

/** Children per node: the format's default. */
export const NODE_SIZE = 16;
/** Limit of a sort key that packs the curve position and the feature number into one double. */
export const MOST_INDEXED = 2 ** 21;

const NODE_BYTES = 40; // four doubles and an offset
const SEGMENT = 1 << 16; // features
const CURVE_MAX = 2 ** 16 - 1; // cells along one side of the Hilbert curve, from 0
export const NOWHERE: Edges = [Infinity, Infinity, -Infinity, -Infinity];

/** Boxes and lengths of a file's features in input order, packed for a million of them. A point is half a box. */
export function featureList(arePoints: boolean) {
  const sides = arePoints ? 2 : 4;
  const boxes: Float64Array[] = [];
  const ends: Float64Array[] = [];
  const extent = boxAround();
  let count = 0;
  let bytes = 0;

  const boxOf = (i: number): Edges => {
    const segment = boxes[Math.floor(i / SEGMENT)]!;
    const at = (i % SEGMENT) * sides;
    const [west, south] = [segment[at]!, segment[at + 1]!];
    if (!arePoints) return [west, south, segment[at + 2]!, segment[at + 3]!];
    return west === Infinity ? NOWHERE : [west, south, west, south];
  };
  /** Without an array for each box: a million of them would grow the heap. West, south, east, north; infinite: no box. */
  const edgeOf = (i: number, side: number): number =>
    boxes[Math.floor(i / SEGMENT)]![(i % SEGMENT) * sides + (arePoints ? side % 2 : side)]!;
  const endOf = (i: number): number => (i < 0 ? 0 : ends[Math.floor(i / SEGMENT)]![i % SEGMENT]!);

  return {
    add(box: Edges | undefined, length: number): void {
      if (count % SEGMENT === 0) {
        boxes.push(new Float64Array(SEGMENT * sides));
        ends.push(new Float64Array(SEGMENT));
      }
      const segment = boxes.at(-1)!;
      for (let side = 0; side < sides; side++)
        segment[(count % SEGMENT) * sides + side] = (box ?? NOWHERE)[side]!;
      bytes += length;
      ends.at(-1)![count % SEGMENT] = bytes;
      extent.add(box);
      count++;
    },
    count: () => count,
    extent: extent.get,
    boxOf,
    edgeOf,
    hasBox: (i: number): boolean => edgeOf(i, 0) !== Infinity,
    startOf: (i: number): number => endOf(i - 1),
    lengthOf: (i: number): number => endOf(i) - endOf(i - 1),
  };
}
export type FeatureList = ReturnType<typeof featureList>;

/** Feature numbers along the Hilbert curve, in reverse like other writers. */
export function hilbertOrder(features: FeatureList): Float64Array {
  const extent = features.extent() ?? NOWHERE;
  const keys = new Float64Array(features.count());
  // more features than `MOST_INDEXED` leave less room for the curve, so its cells are larger
  const coarseness = 2 ** Math.max(0, Math.ceil(Math.log2(keys.length / MOST_INDEXED)));
  const room = MOST_INDEXED * coarseness;
  for (let i = 0; i < keys.length; i++)
    keys[i] = Math.floor(placeOnCurve(features, i, extent) / coarseness) * room + i;
  keys.sort().reverse();
  for (let i = 0; i < keys.length; i++) keys[i]! %= room;
  return keys;
}

function placeOnCurve(features: FeatureList, i: number, extent: Edges): number {
  if (!features.hasBox(i)) return 0;
  return hilbert(
    cellOnCurve((features.edgeOf(i, 0) + features.edgeOf(i, 2)) / 2, extent[0], extent[2]),
    cellOnCurve((features.edgeOf(i, 1) + features.edgeOf(i, 3)) / 2, extent[1], extent[3]),
  );
}

const cellOnCurve = (middle: number, from: number, to: number): number =>
  to > from ? Math.floor((CURVE_MAX * (middle - from)) / (to - from)) : 0;

/** From the outermost quarter inwards: the quarter of the cell, and the rotation of the curve there. */
function hilbert(column: number, row: number): number {
  let x = column;
  let y = row;
  let place = 0;
  for (let side = (CURVE_MAX + 1) / 2; side >= 1; side /= 2) {
    const right = x & side ? 1 : 0;
    const upper = y & side ? 1 : 0;
    place += side * side * ((3 * right) ^ upper);
    if (upper === 0) {
      const turned = right === 1 ? CURVE_MAX - x : x;
      x = right === 1 ? CURVE_MAX - y : y;
      y = turned;
    }
  }
  return place;
}

/** Number of nodes per level, from the features up to the root. */
function levelsOf(count: number): number[] {
  const levels = [count];
  do levels.push(Math.ceil(levels.at(-1)! / NODE_SIZE));
  while (levels.at(-1)! > 1);
  return levels;
}

/**
 * The packed R-tree in file order, root first, in pieces. An inner node stores the number of its first child, a leaf the
 * offset of its feature after the tree.
 */
export function* packedTree(features: FeatureList, order: Float64Array): Generator<Buffer> {
  const levels = levelsOf(features.count());
  const parents = [boxesAbove(levels[1]!, levels[0]!, (i) => features.boxOf(order[i]!))];
  for (let level = 2; level < levels.length; level++) {
    const below = parents.at(-1)!;
    parents.push(boxesAbove(levels[level]!, levels[level - 1]!, (i) => below[i]!));
  }
  let firstChild = 0;
  for (const boxes of parents.toReversed()) {
    firstChild += boxes.length;
    yield nodes(boxes.length, (i) => [boxes[i]!, firstChild + i * NODE_SIZE]);
  }
  yield* featureNodes(features, order);
}

function* featureNodes(features: FeatureList, order: Float64Array): Generator<Buffer> {
  let offset = 0;
  for (let from = 0; from < order.length; from += SEGMENT)
    yield nodes(Math.min(SEGMENT, order.length - from), (i) => {
      const feature = order[from + i]!;
      const start = offset;
      offset += features.lengthOf(feature);
      return [features.boxOf(feature), start];
    });
}

function boxesAbove(count: number, below: number, boxOf: (i: number) => Edges): Edges[] {
  return Array.from({ length: count }, (_, node) => {
    const around = boxAround();
    const end = Math.min((node + 1) * NODE_SIZE, below);
    for (let i = node * NODE_SIZE; i < end; i++) around.add(boxOf(i));
    return around.get() ?? NOWHERE;
  });
}

function nodes(count: number, node: (i: number) => readonly [Edges, number]): Buffer {
  const bytes = Buffer.allocUnsafe(count * NODE_BYTES);
  for (let i = 0, at = 0; i < count; i++) {
    const [box, offset] = node(i);
    for (const edge of box) at = bytes.writeDoubleLE(edge, at);
    at = bytes.writeBigUInt64LE(BigInt(offset), at);
  }
  return bytes;
}
