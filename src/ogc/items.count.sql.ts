import { foundRows, type OrderedRows } from '../db/cell.order.ts';
import { type Sql, sql } from '../db/sql.ts';
import type { CellRange, Collection } from './collection/collection.sql.ts';
import type { Selection } from './collection/items.query.ts';
import { rowsOf } from './collection/items.rows.sql.ts';
import { sumsOf } from './tiles/cell.sql.ts';

const EARTH: CellRange = { level: 0, from: 0, to: 1, box: [-180, -90, 180, 90] };
/** Where the planner expected fewer. */
const MOST_ROWS = 50_000;

/** The statements that count a selection exactly, as one value, the cheapest first; NULL if there are too many rows. */
export function countsOf(collection: Collection, selection: Selection): Sql[] {
  const sums = summed(collection, selection);
  return sums ? [sums, counted(collection, selection)] : [counted(collection, selection)];
}

/** The kept sums, and the rows that they leave out because tiles do not show them. */
function summed(collection: Collection, selection: Selection): Sql | undefined {
  const { cells, shownInTiles } = collection;
  // sums by day are too many to add
  const sums =
    cells && selection.filters.datetime === undefined ? sumsOf(cells, EARTH, selection) : undefined;
  if (!sums) return undefined;
  const { from, where } = rowsOf(collection, selection);
  const others = shownInTiles
    ? sql` + (SELECT count(*) FROM ${from} WHERE ${where} AND NOT (${shownInTiles}))`
    : sql``;
  return sql`SELECT ((SELECT coalesce(sum(s.n), 0) FROM (${sums}) AS s)${others})::int`;
}

function counted(collection: Collection, selection: Selection): Sql {
  const { from, where } = rowsOf(collection, selection);
  if (collection.isSmall) return sql`SELECT count(*)::int FROM ${from} WHERE ${where}`;
  return numberOf(sql`SELECT FROM ${from} WHERE ${where}`);
}

/** The same for the rows of an area, by the way that a page of them takes. */
export function countedBy(ordered: OrderedRows | undefined): Sql | undefined {
  const rows = ordered && foundRows(ordered);
  return rows && numberOf(rows);
}

const numberOf = (rows: Sql): Sql => sql`
  SELECT CASE WHEN count(*) <= ${MOST_ROWS}::int THEN count(*) END::int
  FROM (${rows} LIMIT ${MOST_ROWS + 1}::int) AS r`;
