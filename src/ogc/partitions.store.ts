import type { Caller } from '../core/caller.ts';
import { seenInAll } from '../db/concern.ts';
import { cursorOf, keyText } from '../db/cursor.ts';
import { orderOf } from '../db/keyset.ts';
import { listed, nothing, type Sql, sql } from '../db/sql.ts';
import { oneRow } from '../db/transaction.ts';
import { type Collection, collectionFor } from './collection/collection.sql.ts';
import type { Selection } from './collection/items.query.ts';
import { rowsOf } from './collection/items.rows.sql.ts';
import { besideAnchor, name, requireAnchor } from './collection/items.sql.ts';
import type { StrangerGuard } from './collection/stranger.limits.store.ts';

interface PartitionRow {
  keys: string[] | null;
  is_known?: boolean;
}

export const partitionStore = (strangers: StrangerGuard) => ({
  /** The cursors that divide a selection into parts of about the same size. */
  async find(caller: Caller, collection: Collection, selection: Selection, count: number): Promise<string[]> {
    const statement = partitionStatement(collectionFor(caller, collection), selection, count);
    const row = oneRow(await strangers.ask<PartitionRow>(caller, selection, statement));
    requireAnchor(collection, selection, row);
    return (row.keys ?? []).map(cursorOf);
  },
});
export type PartitionStore = ReturnType<typeof partitionStore>;

/** The key of every n-th row in layer order, in one pass. */
function partitionStatement(collection: Collection, selection: Selection, count: number): Sql {
  const { from, where, concern, anchor } = rowsOf(collection, selection);
  const { keys, descending = false } = collection.order;
  const order = orderOf(keys.map((key) => ({ descending, ...key })));
  const columns = keys.map(({ column }, i) => sql`${column} AS ${name('k', i)}`);
  const key = listed(keys.map((_, i) => sql`r.${name('k', i)}`));
  const isEnd = sql`r.n < r.total AND r.n % ceil(r.total / ${count}::float)::int = 0`;
  return besideAnchor(
    sql`
      SELECT array_agg(${keyText(keys, key)} ORDER BY r.n) FILTER (WHERE ${isEnd}) AS keys
             ${concern ? sql`, ${seenInAll(sql`r.concern`, isEnd)}` : nothing}
      FROM (
        SELECT ${listed(columns)}, ${concern ?? sql`0`} AS concern,
               row_number() OVER (ORDER BY ${order}) AS n, count(*) OVER () AS total
        FROM ${from} WHERE ${where}
      ) AS r`,
    anchor?.row,
  );
}
