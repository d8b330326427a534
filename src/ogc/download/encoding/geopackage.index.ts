import type { Edges } from '../../../geometry/bbox.parse.ts';
import { type FeatureList, hilbertOrder, NOWHERE } from './flatgeobuf.index.ts';
import type { GeoPackageDatabase } from './geopackage.tables.ts';
import { above, below } from './single.precision.ts';

// SQLite's R*Tree module, "Shadow Tables" and rtree.c: nodes of a page of 4096 bytes with two dimensions
const MOST_CELLS = 51;
const CELL_BYTES = 24; // a number and four edges of single precision
const NODE_BYTES = 4 + CELL_BYTES * MOST_CELLS;
const ROOT = 1;
const ROWS_AT_ONCE = 20_000;
const NODES_AT_ONCE = 500;

/** The features or nodes of one level, in the order of the curve. */
interface IndexLevel {
  count: number;
  numberOf(i: number): number;
  edgeOf(i: number, side: number): number;
}

/**
 * Fills the index of a layer: full nodes along the Hilbert curve, from the features up. One insert for each row would
 * descend the tree and split its nodes each time.
 */
export function* writeIndex(db: GeoPackageDatabase, layer: string, features: FeatureList): Generator<void> {
  const index = `rtree_${layer}_geom`;
  db.enableDefensive(false); // else its tables are closed
  const putNode = db.prepare(`INSERT OR REPLACE INTO "${index}_node" VALUES (?, ?)`);
  const putParent = db.prepare(`INSERT INTO "${index}_parent" VALUES (?, ?)`);
  const all = hilbertOrder(features);
  const order = all.every((feature) => features.hasBox(feature))
    ? all
    : all.filter((feature) => features.hasBox(feature));
  yield;
  const nodeOf = new Int32Array(features.count());
  let next = ROOT + 1;
  let depth = 0;
  let level: IndexLevel = {
    count: order.length,
    numberOf: (i) => order[i]! + 1,
    edgeOf: (i, side) => features.edgeOf(order[i]!, side),
  };
  for (;;) {
    const isRoot = level.count <= MOST_CELLS;
    const nodes = Math.max(1, Math.ceil(level.count / MOST_CELLS));
    const first = isRoot ? ROOT : next;
    const boxes: Edges[] = [];
    for (let node = 0; node < nodes; node++) {
      const [start, end] = [node, node + 1].map((n) => Math.floor((n * level.count) / nodes)) as [
        number,
        number,
      ];
      putNode.run(first + node, nodeBytes(level, start, end, isRoot ? depth : 0));
      boxes.push(boxOfCells(level, start, end));
      for (let i = start; i < end; i++)
        if (depth === 0) nodeOf[level.numberOf(i) - 1] = first + node;
        else putParent.run(level.numberOf(i), first + node);
      if (node % NODES_AT_ONCE === 0) yield;
    }
    if (isRoot) break;
    next += nodes;
    depth++;
    level = { count: nodes, numberOf: (i) => first + i, edgeOf: (i, side) => boxes[i]![side]! };
  }
  yield* writeRows(db, index, nodeOf);
}

/** The node of each feature. */
function* writeRows(db: GeoPackageDatabase, index: string, nodeOf: Int32Array): Generator<void> {
  const put = db.prepare(
    `INSERT INTO "${index}_rowid" SELECT key + ?, value FROM json_each(?) WHERE value >= ${ROOT}`,
  );
  for (let from = 0; from < nodeOf.length; from += ROWS_AT_ONCE) {
    put.run(from + 1, `[${nodeOf.subarray(from, from + ROWS_AT_ONCE).join()}]`);
    yield;
  }
}

// used again: SQLite copies it
const nodeBuffer = Buffer.alloc(NODE_BYTES);

/** Only the root knows the depth. */
function nodeBytes(level: IndexLevel, start: number, end: number, depth: number): Buffer {
  const bytes = nodeBuffer.fill(0);
  bytes.writeUInt16BE(depth, 0);
  bytes.writeUInt16BE(end - start, 2);
  let at = 4;
  for (let i = start; i < end; i++) {
    bytes.writeUInt32BE(level.numberOf(i), at + 4);
    at = bytes.writeFloatBE(below(level.edgeOf(i, 0)), at + 8);
    at = bytes.writeFloatBE(above(level.edgeOf(i, 2)), at);
    at = bytes.writeFloatBE(below(level.edgeOf(i, 1)), at);
    at = bytes.writeFloatBE(above(level.edgeOf(i, 3)), at);
  }
  return bytes;
}

function boxOfCells(level: IndexLevel, start: number, end: number): Edges {
  let [west, south, east, north] = NOWHERE;
  for (let i = start; i < end; i++) {
    west = Math.min(west, level.edgeOf(i, 0));
    south = Math.min(south, level.edgeOf(i, 1));
    east = Math.max(east, level.edgeOf(i, 2));
    north = Math.max(north, level.edgeOf(i, 3));
  }
  return [west, south, east, north];
}
