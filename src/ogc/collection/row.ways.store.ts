import type { Logger } from 'pino';
import { ANONYMOUS, type Caller, viewerOf } from '../../core/caller.ts';
import { unprocessable } from '../../core/problem.ts';
import type { OrderedRows, RowParts } from '../../db/cell.order.ts';
import { NOTHING_SEEN } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { Collection, Parts, Rows } from './collection.sql.ts';
import type { Selection } from './items.query.ts';
import { rowsOf } from './items.rows.sql.ts';
import {
  type CellCount,
  type Counts,
  chooseCount,
  chooseWay,
  countsOf,
  FINEST,
  SORTED_BY_OTHERS,
  type WayChoice,
} from './way.choice.sql.ts';

/** `rows`: undefined, if PostgreSQL plans it. */
export interface CountWay {
  rows: OrderedRows | undefined;
}

export interface RowWays {
  /** How the rows of a page are found: through an index in their order, or, if undefined, as PostgreSQL plans it. */
  choose(caller: Caller, collection: Collection, rows: Rows): OrderedRows | undefined;
  /** How the rows of an area are counted; `unknown`: there is no area, or its rows are not known yet. */
  toCount(caller: Caller, collection: Collection, rows: Rows): CountWay | 'too many' | 'unknown';
  /** Whether the order is known to cost little; throws a Problem if too many rows would be sorted. */
  isSortedQuickly(caller: Caller, collection: Collection, selection: Selection): boolean;
}

const LEAST_AGE_MS = 60_000;
const AGE_PER_COST = 500; // reading the counts takes at most this part of the time

interface Kept {
  counts: Counts | undefined;
  readAgainAtMs: number;
}

/** Chooses by counts that it reads as the caller and keeps. It never waits for them, and chooses without counts at first. */
export function rowWays(db: Database, logger: Logger): RowWays {
  const kept = new Map<string, Kept>();

  function countsFor(caller: Caller, collection: Collection): Counts | undefined {
    const key = `${collection.id} ${viewerOf(caller)}`;
    const known = kept.get(key) ?? { counts: undefined, readAgainAtMs: 0 };
    kept.set(key, known);
    if (performance.now() >= known.readAgainAtMs) {
      known.readAgainAtMs = Number.POSITIVE_INFINITY;
      void readCounts(caller, collection, known);
    }
    return known.counts;
  }

  async function readCounts({ country }: Caller, collection: Collection, known: Kept): Promise<void> {
    const startedMs = performance.now();
    // as a viewer of the country: nobody is shown these rows, and RED ones are in no count
    const viewer: Caller = { ...ANONYMOUS, ...(country && { country }), lane: 'jobs' };
    await db
      .query<CellCount>(
        viewer,
        sql`SELECT c.*, ${NOTHING_SEEN} FROM (${collection.cells!.counts(FINEST)}) AS c`,
      )
      .then((cells) => {
        known.counts = countsOf(cells);
      })
      .catch((error) => logger.debug({ err: error, collection: collection.id }, 'counts not read'));
    const endedMs = performance.now();
    known.readAgainAtMs = endedMs + Math.max(LEAST_AGE_MS, AGE_PER_COST * (endedMs - startedMs));
  }

  function choose(caller: Caller, collection: Collection, rows: Rows): OrderedRows | undefined {
    const { area, window, asks, isInOrder = true } = rows.parts ?? {};
    if (!asks || !collection.cells || (!area && !window)) return undefined;
    const asked = { edges: area?.edges, hasWindow: window !== undefined, asks, isInOrder };
    const way = chooseWay(asked, countsFor(caller, collection));
    logger.debug({ collection: collection.id }, describe(way));
    return orderedRows(collection, rows, way);
  }

  return {
    choose,
    toCount(caller, collection, rows) {
      const { area, window, asks, isInOrder = true } = rows.parts ?? {};
      const counts = collection.cells && area && countsFor(caller, collection);
      if (!counts || !asks) return 'unknown';
      const { edges } = area;
      const way = chooseWay({ edges, hasWindow: window !== undefined, asks, isInOrder }, counts);
      const isAlone = !caller.country && collection.isPublic !== undefined;
      const chosen = chooseCount(way, { edges, isAlone }, counts);
      return chosen ? { rows: orderedRows(collection, rows, chosen) } : 'too many';
    },
    isSortedQuickly(caller, collection, selection) {
      const { sortedByIndex, cells } = collection;
      const { sort, ids, filters } = selection;
      if (sort.length === 0) return true;
      if (!sortedByIndex || !cells || ids || filters.externalId !== undefined) return false;
      const { area, isInOrder } = rowsOf(collection, selection).parts ?? {};
      const isIndexed = sort.length === 1 && sortedByIndex.includes(sort[0]!.field.name);
      if (isInOrder || (isIndexed && !area)) return true;
      const counts = countsFor(caller, collection);
      const sorted = area ? counts?.within(area.edges) : counts?.total;
      if (sorted !== undefined && sorted > SORTED_BY_OTHERS)
        throw unprocessable('sort-too-costly', 'sort-too-costly', {
          sorted: sortedByIndex,
          most: SORTED_BY_OTHERS,
        });
      return area !== undefined && sorted !== undefined;
    },
  };
}

interface FoundRows {
  from: Sql;
  parts?: (Omit<RowParts, 'from'> & Pick<Parts, 'isFree'>) | undefined;
}

/** The rows by a way that was chosen. */
export const orderedRows = (
  { cells, geometry }: Collection,
  { from, parts }: FoundRows,
  way: WayChoice,
): OrderedRows | undefined =>
  parts && cells && geometry && way.by !== 'planner'
    ? {
        parts: { ...parts, from },
        way,
        columns: cells.columns,
        point: geometry.column,
        isFree: parts.isFree ?? false,
      }
    : undefined;

const describe = (way: WayChoice): string =>
  way.by === 'cells' ? `rows by cells of level ${way.level}` : `rows by ${way.by}`;
