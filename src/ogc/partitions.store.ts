import type { Caller } from '../core/caller.ts';
import { foundRows } from '../db/cell.order.ts';
import { seenInAll } from '../db/concern.ts';
import { cursorOf, keyText } from '../db/cursor.ts';
import { orderOf } from '../db/keyset.ts';
import { listed, nothing, type Sql, sql } from '../db/sql.ts';
import { oneRow } from '../db/transaction.ts';
import { type Collection, collectionFor } from './collection/collection.sql.ts';
import type { Selection } from './collection/items.query.ts';
import { rowsOf } from './collection/items.rows.sql.ts';
import { besideAnchor, name, type Ordering, requireAnchor } from './collection/items.sql.ts';
import type { RowWays } from './collection/row.ways.store.ts';
import type { StrangerGuard } from './collection/stranger.limits.store.ts';

interface PartitionRow {
  keys: string[] | null;
  is_known?: boolean;
}

interface PartitionSettings {
  strangers: StrangerGuard;
  ways: RowWays;
}

export const partitionStore = ({ strangers, ways }: PartitionSettings) => ({
  /** The cursors that divide a selection into parts of about the same size. */
  async find(caller: Caller, collection: Collection, selection: Selection, count: number): Promise<string[]> {
    const by: Ordering = (rows) => ways.choose(caller, collection, rows);
    const statement = partitionStatement(collectionFor(caller, collection), selection, count, by);
    const row = oneRow(await strangers.ask<PartitionRow>(caller, selection, statement));
    requireAnchor(collection, selection, row);
    return (row.keys ?? []).map(cursorOf);
  },
});
export type PartitionStore = ReturnType<typeof partitionStore>;

/** The key of every n-th row in layer order, in one pass over an index; only rows at the ends of parts are read. */
export function partitionStatement(
  collection: Collection,
  selection: Selection,
  count: number,
  by: Ordering,
): Sql {
  const rows = rowsOf(collection, selection);
  const { from, where, concern, anchor } = rows;
  const { keys, descending = false } = collection.order;
  const columns = listed(keys.map(({ column }, i) => sql`${column} AS ${name('k', i)}`));
  const named = keys.map((key, i) => ({ descending, ...key, column: sql`f.${name('k', i)}` }));
  const ordered = by(rows);
  const found =
    (ordered && foundRows(ordered, columns)) ?? sql`SELECT ${columns} FROM ${from} WHERE ${where}`;
  const key = listed(keys.map((_, i) => sql`r.${name('k', i)}`));
  const id = sql`n.${name('k', keys.length - 1)}`;
  const own = concern ? sql`(SELECT ${concern} FROM ${from} WHERE ${collection.key.column} = ${id})` : sql`0`;
  return besideAnchor(
    sql`
      SELECT array_agg(${keyText(keys, key)} ORDER BY r.n) AS keys ${concern ? sql`, ${seenInAll(sql`r.concern`)}` : nothing}
      FROM (
        SELECT n.*, ${own} AS concern
        FROM (
          SELECT f.*, row_number() OVER (ORDER BY ${orderOf(named)}) AS n, count(*) OVER () AS total
          FROM (${found}) AS f
        ) AS n
        WHERE n.n < n.total AND n.n % ceil(n.total / ${count}::float)::int = 0
      ) AS r`,
    anchor?.row,
  );
}
