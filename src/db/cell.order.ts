import { type KeyColumn, orderOf } from './keyset.ts';
import { all, any, listed, nothing, plannedEachTime, plannedOnce, Sql, sql } from './sql.ts';

/** The conditions of rows in parts, so that each can be served by an index or hidden from it. */
export interface RowParts {
  /** The FROM clause. */
  from: Sql;
  /** Neither place nor time. */
  rest: Sql;
  area?: AreaPart | undefined;
  window?: WindowPart | undefined;
}

export interface AreaPart {
  /** An area in WGS 84 that contains every position that passes. */
  cover: Sql;
  /** The condition on the position, given the cover: a plan that is kept would make the area for each row. */
  test: (cover: Sql) => Sql;
}

/** The two together are the rows of a window of time. */
export interface WindowPart {
  /** They begin in it. */
  began: Sql;
  /** They began before it, and are under way at its start. */
  underWay: Sql | undefined;
}

/**
 * The index that finds the rows: of time, of cells (`tripoint.cell_of`) and time, or of areas, from which few are sorted.
 * `window`: PostgreSQL chooses for the values, for each part of the window.
 */
export type Way =
  | { by: 'time' }
  | { by: 'cells'; level: number; cells: number }
  | { by: 'area' }
  | { by: 'window' };

/** The indexed expression of each level: the cell of a row. */
export type CellColumns = Readonly<Record<number, Sql>>;

export interface OrderedRows {
  parts: RowParts;
  way: Way;
  columns: CellColumns;
  /** The column of the index of areas. */
  point: Sql;
  /** A condition can have any form, so no plan is kept, and the statement must be planned quickly. */
  isFree: boolean;
}

interface Wanted {
  /** With their directions; the last is the id. */
  keys: readonly KeyColumn[];
  /** ` AND …`: the ends of the page. */
  ends: Sql;
  limit: Sql;
}

/** Few texts, because each has a plan on each connection: 3 × 2 cells take the text of 9. */
const BRANCHES = [4, 9, 16];
export const MOST_CELLS = 16;

/** The ids of the first rows, in one statement that leaves the planner no other index. */
export function firstIds(ordered: OrderedRows, wanted: Wanted): Sql {
  const { parts, way, isFree } = ordered;
  const { area, window } = parts;
  const isHere = conditionsOf(ordered);
  const branches =
    way.by === 'area'
      ? [unordered(parts, wanted, all(isHere, window && during(window)))]
      : startingFirst(ordered, wanted, all(isHere, window?.began));
  // hidden, or a plan for all values reads a whole partial index beside the few periods
  const underWay =
    way.by !== 'area' &&
    window?.underWay &&
    unordered(parts, wanted, all(sql`(${isHere}) IS TRUE`, window.underWay));
  // merged before: beside this one, whose cost is overestimated, it seems the same to sort all that the cells could give
  const begun = branches.length > 1 ? sql`(SELECT m.* FROM ${merged(branches, wanted, 'm')})` : branches[0]!;
  const rows = underWay ? [begun, underWay] : branches;
  const ids = sql`${area && way.by !== 'window' ? coverOf(area, way) : sql``}
    SELECT k.id FROM ${merged(rows, wanted, 'k')}`;
  if (way.by === 'window') return plannedEachTime(ids);
  return isFree ? ids : plannedOnce(ids);
}

/** The rows themselves without order; undefined where a time finds them. */
export function foundRows(ordered: OrderedRows, shown: Sql = nothing): Sql | undefined {
  const { parts, way, isFree } = ordered;
  if (!parts.area || way.by === 'time' || way.by === 'window') return undefined;
  const found = way.by === 'area' ? foundInArea(ordered, shown) : foundInCells(ordered, shown);
  const rows = sql`${coverOf(parts.area, way)} ${found}`;
  return isFree ? rows : plannedOnce(rows);
}

const foundInArea = (ordered: OrderedRows, shown: Sql): Sql => {
  const { from, window } = ordered.parts;
  return sql`SELECT ${shown} FROM ${from} WHERE ${all(conditionsOf(ordered), window && during(window))}`;
};

/** Of a cell the entries within the window alone; few others are under way at its start. */
function foundInCells(ordered: OrderedRows, shown: Sql): Sql {
  const { parts, way, columns } = ordered;
  const { from, window } = parts;
  const isHere = conditionsOf(ordered);
  const inCell = all(sql`${columns[(way as CellWay).level]!} = u.cell`, isHere, window?.began);
  const begun = sql`SELECT l.* FROM c, unnest(c.cells) AS u (cell)
    CROSS JOIN LATERAL (SELECT ${shown} FROM ${from} WHERE ${inCell}) AS l`;
  if (!window?.underWay) return begun;
  return sql`${begun} UNION ALL SELECT ${shown} FROM ${from} WHERE (${isHere}) IS TRUE AND ${window.underWay}`;
}

/** The conditions but the window of time. */
function conditionsOf({ parts: { area, rest }, way, point }: OrderedRows): Sql {
  if (way.by === 'window') return all(rest, area?.test(area.cover));
  const cover = sql`(SELECT c.area FROM c)`;
  const isNear = way.by === 'area' ? sql`${point} && ${cover}` : undefined;
  return all(rest, isNear, area && hidden(area.test(cover), way));
}

function startingFirst(ordered: OrderedRows, wanted: Wanted, where: Sql): Sql[] {
  if (ordered.way.by !== 'cells') return [first(ordered.parts, wanted, where)];
  return ordered.isFree ? [ofEachCell(ordered, wanted, where)] : ofCells(ordered, wanted, where);
}

const during = ({ began, underWay }: WindowPart): Sql => (underWay ? any([began, underWay]) : began);

/**
 * Hides a condition from the index of areas, which would find everything in the area, to be sorted. The planner takes IS TRUE
 * for a rare condition, so the index of a cell seems cheap, and CASE for one that half the rows meet, so the order of time
 * seems short.
 */
const hidden = (test: Sql, { by }: Way): Sql =>
  by === 'time' ? sql`CASE WHEN ${test} THEN true ELSE false END` : sql`(${test}) IS TRUE`;

const coverOf = ({ cover }: AreaPart, way: Way): Sql => sql`
  WITH c AS MATERIALIZED (
    SELECT a.area${way.by === 'cells' ? sql`, tripoint.cells_covering(a.area, ${number(way.level)}) AS cells` : sql``}
    FROM (SELECT ${cover} AS area) AS a)`;

type CellWay = Extract<Way, { by: 'cells' }>;

/** A branch a cell, which PostgreSQL merges; the last has the cells beyond the others, usually none. */
function ofCells(ordered: OrderedRows, wanted: Wanted, starting: Sql): Sql[] {
  const { parts, columns } = ordered;
  const { level, cells } = ordered.way as CellWay;
  const count = BRANCHES.find((n) => n >= cells) ?? MOST_CELLS;
  const inCell = (i: number) => sql`${columns[level]!} = (SELECT c.cells[${number(i + 1)}] FROM c)`;
  return [
    ...Array.from({ length: count }, (_, i) => first(parts, wanted, all(inCell(i), starting))),
    ofEachCell(ordered, wanted, starting, sql`c.cells[${number(count + 1)}:]`),
  ];
}

/** The same as one branch: planned in a tenth of the time, but each cell gives a whole page. */
function ofEachCell(
  { parts, way, columns }: OrderedRows,
  wanted: Wanted,
  starting: Sql,
  cells = sql`c.cells`,
): Sql {
  const column = columns[(way as CellWay).level]!;
  return sql`(SELECT l.* FROM c, unnest(${cells}) AS u (cell)
    CROSS JOIN LATERAL ${first(parts, wanted, all(sql`${column} = u.cell`, starting))} AS l)`;
}

const first = ({ from }: RowParts, { keys, ends, limit }: Wanted, where: Sql): Sql =>
  sql`(SELECT ${keyColumns(keys)} FROM ${from} WHERE ${where}${ends} ORDER BY ${orderOf(keys)} LIMIT ${limit})`;

/** Few rows, which the planner must not look for in the order of time. */
const unordered = ({ from }: RowParts, wanted: Wanted, where: Sql): Sql =>
  sql`(SELECT u.* FROM (SELECT ${keyColumns(wanted.keys)} FROM ${from} WHERE ${where}${wanted.ends} OFFSET 0) AS u
    ORDER BY ${orderOf(named(wanted))} LIMIT ${wanted.limit})`;

const merged = (branches: readonly Sql[], wanted: Wanted, name: string): Sql =>
  sql`(${united(branches)}) AS ${new Sql([name], [])} ORDER BY ${orderOf(named(wanted))} LIMIT ${wanted.limit}`;

const united = ([first, ...others]: readonly Sql[]): Sql =>
  others.reduce((before, next) => sql`${before} UNION ALL ${next}`, first!);

const number = (n: number): Sql => new Sql([String(n)], []);

const nameOf = (keys: readonly KeyColumn[], i: number): Sql =>
  new Sql([i === keys.length - 1 ? 'id' : `k${i}`], []);

const keyColumns = (keys: readonly KeyColumn[]): Sql =>
  listed(keys.map(({ column }, i) => sql`${column} AS ${nameOf(keys, i)}`));

const named = ({ keys }: Wanted): KeyColumn[] => keys.map((key, i) => ({ ...key, column: nameOf(keys, i) }));
