import { MOST_CELLS, type Way } from '../../db/cell.order.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import {
  latitudeAt,
  longitudeAt,
  shareAtLatitude,
  shareAtLongitude,
} from '../../geometry/mercator.square.ts';

/** The question, as far as the choice depends on it. */
export interface WayQuestion {
  edges: Edges | undefined;
  hasWindow: boolean;
  /** The conditions besides area and window: none, on columns that the indexes of cells hold, or on others. */
  asks: 'nothing' | 'held' | 'others';
  /** False: another order than that of time. */
  isInOrder?: boolean;
}

/** Counts of the rows that the caller may see. */
export interface Counts {
  total: number;
  /** About how many lie within these edges. */
  within(edges: Edges): number;
}

/** `planner`: the statement leaves the index to PostgreSQL. */
export type WayChoice = Way | { by: 'planner' };

// of cells that have an index, the finest first
const LEVELS = [10, 8];
/** The level of the counts. */
export const FINEST = 10;
/** So many are sorted quickly. */
const SORTED = 2000;
/** By another order than that of time: in twice the time of the order of the layer. */
export const SORTED_BY_OTHERS = 1000;
/** Entries of cells that are read for a total: some two milliseconds. */
const MOST_COUNTED = 2000;
/** Below this the GiST index of the area gives the rows faster than cells that hold many others. */
const FEW = 300;
const MANY_BESIDE = 20_000;
/** An area with such a share of the rows meets them in the order of time. */
const LARGE_SHARE = 0.05;

/**
 * Which index finds the newest rows of an area. The counts are those of the caller, so that the choice reveals nothing: rows
 * that are hidden from it are passed over in the index of cells.
 */
export function chooseWay(question: WayQuestion, counts: Counts | undefined): WayChoice {
  if (question.isInOrder === false) return bySorting(question, counts);
  const way = byIndex(question, counts);
  // as one condition, rows that are under way at the start of a window are looked for back to the first row
  return way.by === 'planner' && question.hasWindow ? { by: 'window' } : way;
}

const bySorting = ({ edges }: WayQuestion, counts: Counts | undefined): WayChoice =>
  edges && counts && counts.within(edges) <= SORTED_BY_OTHERS ? { by: 'area' } : { by: 'planner' };

function byIndex({ edges, hasWindow, asks }: WayQuestion, counts: Counts | undefined): WayChoice {
  // each row of a cell would be fetched to be tested
  if (asks === 'others')
    return edges && counts && counts.within(edges) <= SORTED ? { by: 'area' } : { by: 'planner' };
  if (!edges) return hasWindow ? { by: 'time' } : { by: 'planner' };
  const grid = finestGrid(edges);
  if (counts && counts.total > 0) {
    const inside = counts.within(edges);
    // a rare condition would read most of the table in the order of time: PostgreSQL knows how rare it is
    if (inside >= counts.total * LARGE_SHARE) return asks === 'nothing' ? { by: 'time' } : { by: 'planner' };
    if (grid && inside <= FEW && counts.within(grid.edges) >= MANY_BESIDE) return { by: 'area' };
  }
  return grid ? { by: 'cells', level: grid.level, cells: grid.cells } : { by: 'planner' };
}

/** Reading a row costs about twice as much as an entry of a cell. */
const PER_ROW = 2;

/**
 * How the rows of an area are counted, by the way that finds their page; undefined if that reads too many. `isAlone`: the index
 * of areas holds no rows that the caller does not see.
 */
export function chooseCount(
  way: WayChoice,
  { edges, isAlone }: { edges: Edges; isAlone: boolean },
  counts: Counts,
): WayChoice | undefined {
  const inside = counts.within(edges);
  const inCells =
    way.by === 'cells' ? counts.within(finestGrid(edges)?.edges ?? edges) : Number.POSITIVE_INFINITY;
  const isByArea = way.by === 'cells' && isAlone && inside * PER_ROW < inCells;
  if ((way.by === 'cells' && !isByArea ? inCells : inside * PER_ROW) > MOST_COUNTED) return undefined;
  return isByArea ? { by: 'area' } : way;
}

/** The same for the rows near a segment, whose length is some ten kilometres. */
export function wayNear(metres: number): WayChoice {
  if (metres <= 20_000) return { by: 'cells', level: 10, cells: 16 };
  return metres <= 150_000 ? { by: 'cells', level: 8, cells: 9 } : { by: 'planner' };
}

interface Grid {
  level: number;
  cells: number;
  /** Of all its cells. */
  edges: Edges;
}

/** The finest level at which few cells cover the edges. */
function finestGrid(edges: Edges): Grid | undefined {
  return LEVELS.map((level) => gridOf(edges, level)).find(({ cells }) => cells <= MOST_CELLS);
}

const NEAR = 1e-6; // of a cell: rounding may move an edge into the next one

function gridOf([west, south, east, north]: Edges, level: number): Grid {
  const across = 2 ** level;
  const [first, last] = [west, east].map((degrees) => shareAtLongitude(degrees) * across) as [number, number];
  const [top, bottom] = [north, south].map((degrees) => shareAtLatitude(degrees) * across) as [
    number,
    number,
  ];
  const [x, y] = [Math.floor(first - NEAR), Math.floor(top - NEAR)];
  const [columns, rows] = [Math.floor(last + NEAR) - x + 1, Math.floor(bottom + NEAR) - y + 1];
  return { level, cells: columns * rows, edges: edgesOf(x, y, columns, rows, across) };
}

const edgesOf = (x: number, y: number, columns: number, rows: number, across: number): Edges => [
  longitudeAt(x / across),
  latitudeAt((y + rows) / across),
  longitudeAt((x + columns) / across),
  latitudeAt(y / across),
];

/** Counts from those of cells, as if the rows of a cell were spread evenly. */
export function countsOf(cells: readonly CellCount[]): Counts {
  const across = 2 ** FINEST;
  const columns = new Map<number, { n: number; edges: Edges }[]>();
  for (const { cell, n } of cells) {
    const { x, y } = placeOf(cell);
    const column = columns.get(x) ?? [];
    columns.set(x, column);
    column.push({ n, edges: edgesOf(x, y, 1, 1, across) });
  }
  return {
    total: cells.reduce((sum, { n }) => sum + n, 0),
    within(edges) {
      let sum = 0;
      const [first, last] = [edges[0], edges[2]].map((degrees) =>
        Math.min(across - 1, Math.floor(shareAtLongitude(degrees) * across)),
      ) as [number, number];
      for (let x = first; x <= last; x++)
        for (const one of columns.get(x) ?? []) sum += one.n * shareWithin(one.edges, edges);
      return sum;
    },
  };
}

export interface CellCount {
  /** Of the finest level; its column and row interleaved bit by bit. */
  cell: number;
  n: number;
}

function placeOf(cell: number): { x: number; y: number } {
  const bits = Array.from({ length: FINEST }, (_, i) => i);
  const along = (offset: number) => bits.reduce((sum, i) => sum | (((cell >> (2 * i + offset)) & 1) << i), 0);
  return { x: along(0), y: along(1) };
}

const shareWithin = (cell: Edges, [west, south, east, north]: Edges): number =>
  overlap(cell[0], cell[2], west, east) * overlap(cell[1], cell[3], south, north);

/** The share of a stretch that another covers. */
const overlap = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start)) / (to - from);
