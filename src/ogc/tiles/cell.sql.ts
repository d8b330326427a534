import { all, listed, literal, nothing, quoted, Sql, sql } from '../../db/sql.ts';
import type { CellRange, Cells } from '../collection/collection.sql.ts';
import type { Selection } from '../collection/items.query.ts';
import { besideAnchor } from '../collection/items.sql.ts';
import { MOST_COUNTED } from './cell.limit.ts';
import {
  type Attribute,
  type Encoding,
  encodable,
  encoded,
  type LayerQuestion,
  rowsInTiles,
} from './encoding.sql.ts';
import { degreesOf, GRID, type Tile } from './tile.grid.ts';
import { cellsOf, countName } from './tile.layers.ts';

// Twin: tripoint.cell_of in migrations/0007_incidents.sql, compared by test/database/twins.test.ts.
export const FINEST = 14;
const COARSEST = 6;

/** Whether the tile shows cells instead of features. */
export const isCounted = ({ z }: Tile, { collection: { cells } }: LayerQuestion): boolean =>
  cells !== undefined && z < cells.featuresFrom;

/** Counts per cell as one row, like a feature layer. */
export function cellStatement(encoding: Encoding, tile: Tile, question: LayerQuestion): Sql {
  const { collection, selection } = question;
  const cells = collection.cells!;
  const range = rangeOf(tile);
  const sums = sumsOf(cells, range, selection);
  const rows = sums ?? countedRows(question, range);
  const layer = literal(cellsOf(collection.id));
  const held = sums ? sql`NULL::int` : sql`(SELECT h.n FROM held AS h)`;
  return besideAnchor(
    sql`
      ${sums ? nothing : sql`WITH held AS MATERIALIZED (${heldIn(cells, range, selection)})`}
      SELECT ${literal(collection.id)}::text AS layer, ${layer}::text AS name, ${encoded(encoding, layer)}, ${SEEN}, ${held} AS held
      FROM (
        SELECT ${listed(SHARES.map(({ name }) => sql`c.${name}`))}, m
        FROM (${perCell(cells, rows)}) AS c
        CROSS JOIN LATERAL ${encodable(encoding, middleOf(tile, range), attributesOf(cells, range))}) AS o`,
    collection.rows(selection.filters).anchor?.row,
  );
}

/** Sixteen or thirty-two cells across a tile: every other level has sums. */
function rangeOf(tile: Tile): CellRange {
  const { z, x, y } = tile;
  const level = Math.max(COARSEST, z + 4 + (z % 2));
  const within = 4 ** (level - z);
  const from = interleaved(x, y) * within;
  return { level, from, to: from + within, box: degreesOf(tile, 1) };
}

/** The number of a cell of the finest level or above. */
export function interleaved(x: number, y: number): number {
  let cell = 0;
  for (let bit = 0; bit < FINEST; bit++) cell |= (((x >> bit) & 1) | (((y >> bit) & 1) << 1)) << (2 * bit);
  return cell;
}

/** Undefined if the sums cannot answer the query. */
export function sumsOf(cells: Cells, range: CellRange, selection: Selection): Sql | undefined {
  const { filters, equal, projectedBox, ids, filter } = selection;
  const isMore = equal.length > 0 || projectedBox !== undefined || ids !== undefined || filter !== undefined;
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (isMore || given.some(([name]) => !cells.answers.includes(name))) return undefined;
  return cells.sums(range, filters);
}

/** Estimated rows to read: from the sums, with the part of the filter that they support. */
function heldIn(cells: Cells, range: CellRange, { filters }: Selection): Sql {
  const known = Object.fromEntries(Object.entries(filters).filter(([name]) => cells.answers.includes(name)));
  const rows = cells.sums(range, known) ?? cells.sums(range, {});
  return sql`SELECT coalesce(sum(s.n), 0)::int AS n FROM (${rows!}) AS s`;
}

/** Rows like sums, one per feature; no rows if there are too many. */
function countedRows({ collection, selection }: LayerQuestion, { level, from, to, box }: CellRange): Sql {
  const { from: tables, where, concern } = rowsInTiles({ collection, selection });
  const { column } = collection.geometry!;
  const groups = collection.cells!.groups.map(({ name }) => {
    const { value } = collection.fields.find((field) => field.name === name)!;
    return sql`${value} AS ${quoted(name)}`;
  });
  const cell = sql`(tripoint.cell_of(${column}) >> ${new Sql([String(2 * (FINEST - level))], [])})`;
  const [west, south, east, north] = box;
  return sql`
    SELECT ${listed([sql`${cell} AS cell`, ...groups])}, ${concern ?? sql`0`} AS concern, 1 AS n
    FROM ${tables}
    WHERE (SELECT h.n FROM held AS h) <= ${MOST_COUNTED}
      AND ${all(
        where,
        sql`${column} && ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, 4326)`,
        sql`${cell} >= ${from}::int`,
        sql`${cell} < ${to}::int`,
      )}`;
}

/** Ordered, so that equal tiles have equal bytes. */
function perCell({ groups }: Cells, rows: Sql): Sql {
  const names = groups.map(({ name }) => quoted(name));
  const counts = groups.flatMap(({ name, words }) =>
    words.map(
      (word) =>
        sql`nullif(sum(s.n) FILTER (WHERE s.${quoted(name)} = ${literal(word)}), 0)::int AS ${quoted(countName(name, word))}`,
    ),
  );
  const shares = SHARES.map(
    ({ name, of }) => sql`coalesce(sum(s.n) FILTER (WHERE s.concern ${of}), 0) AS ${name}`,
  );
  return sql`
    SELECT ${listed([sql`s.cell`, sql`sum(s.n)::int AS count`, ...counts, ...shares])}
    FROM (${rows}) AS s (cell, ${listed(names)}, concern, n)
    GROUP BY s.cell HAVING sum(s.n) > 0 ORDER BY s.cell`;
}

/** Counts of non-CLEAR rows, in all and by owner country. */
const SHARES = [
  { name: sql`s0`, of: sql`> 0` },
  { name: sql`s1`, of: sql`& 2 > 0` },
  { name: sql`s2`, of: sql`& 4 > 0` },
  { name: sql`s3`, of: sql`& 8 > 0` },
];

const SEEN = sql`ARRAY[coalesce(sum(o.s0), 0), coalesce(sum(o.s1), 0), coalesce(sum(o.s2), 0), coalesce(sum(o.s3), 0)]::int[] AS seen`;

const countNames = ({ groups }: Cells): string[] => [
  'count',
  ...groups.flatMap(({ name, words }) => words.map((word) => countName(name, word))),
];

/** The cell's centre in tile units. */
function middleOf({ z }: Tile, { level, from }: CellRange): Sql {
  const side = GRID.extent / 2 ** (level - z);
  const middle = (cell: Sql) => sql`(tripoint.cell_column(${cell}) + 0.5) * ${side}::int`;
  const local = sql`(c.cell - ${from}::int)`;
  return sql`ST_MakePoint(${middle(local)}, ${middle(sql`(${local} >> 1)`)})`;
}

const attributesOf = (cells: Cells, { level }: CellRange): Attribute[] => [
  ['id', sql`${new Sql([`'${level}-'`], [])} || c.cell`],
  ...countNames(cells).map((name): Attribute => [name, sql`c.${quoted(name)}`]),
];
