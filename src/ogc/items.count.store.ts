import { LRUCache } from 'lru-cache';
import { type Caller, viewerOf } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { type Sql, sql } from '../db/sql.ts';
import { type Collection, collectionFor } from './collection/collection.sql.ts';
import type { ItemsQuestion, Selection } from './collection/items.query.ts';
import { rowsOf } from './collection/items.rows.sql.ts';
import type { RowWays } from './collection/row.ways.store.ts';
import { requireSmall } from './collection/stranger.limits.store.ts';
import { countedBy, countsOf } from './items.count.sql.ts';

/** Measured in docs/decisions/0036-counts-of-pages.md, in the planner's units. */
const MOST_COST = 5000;
const KEPT_MS = 60_000;
const MOST_KEPT = 1000;
const NONE = -1;

type PlanRow = { 'QUERY PLAN': [{ Plan: { 'Total Cost': number } }] };

/** Chooses how the first page of a selection counts all of it. */
export function itemCounts(db: Database, ways: RowWays, mostCost = MOST_COST) {
  /** By caller and selection: which statement, or none. The planner's answer changes slowly. */
  const known = new LRUCache<string, Promise<number>>({ max: MOST_KEPT, ttl: KEPT_MS });

  async function costOf(caller: Caller, statement: Sql): Promise<number> {
    const plan = sql`EXPLAIN (FORMAT JSON) ${statement}`;
    const row = await db.queryOne<PlanRow>(withoutTrace(caller), plan);
    return row['QUERY PLAN'][0].Plan['Total Cost'];
  }
  async function firstCheap(caller: Caller, statements: readonly Sql[]): Promise<number> {
    for (const [n, statement] of statements.entries())
      if ((await costOf(caller, statement)) <= mostCost) return n;
    return NONE;
  }

  return {
    /**
     * A value that counts the selection, for the statement of the page itself, so that both are of one snapshot; undefined if
     * the planner expects it to be costly.
     */
    async choose(caller: Caller, collection: Collection, question: ItemsQuestion): Promise<Sql | undefined> {
      if (collection.isSmall) return countsOf(collection, question)[0];
      requireSmall(caller, question.filter);
      if (question.cursor ?? question.until ?? question.offset) return undefined;
      const layer = collectionFor(caller, collection);
      const rows = rowsOf(layer, question);
      const way = ways.toCount(caller, collection, rows);
      if (way === 'too many') return undefined;
      if (way !== 'unknown') return countedBy(way.rows) ?? countsOf(layer, question).at(-1);
      const statements = countsOf(collection, question);
      const key = keyOf(caller, collection, question);
      const choice = known.get(key) ?? firstCheap(caller, statements);
      known.set(key, choice, { noUpdateTTL: true });
      choice.catch(() => known.delete(key));
      return statements[await choice];
    },
  };
}
export type ItemCounts = ReturnType<typeof itemCounts>;

/** A plan shows no row. */
const withoutTrace = ({ trace: _, ...caller }: Caller): Caller => caller;

function keyOf(
  caller: Caller,
  { id }: Collection,
  { filters, equal, projectedBox, ids, filter }: Selection,
): string {
  const values = equal.map(([{ name }, value]) => [name, value]);
  const viewer = [viewerOf(caller), caller.agency];
  return JSON.stringify([viewer, id, filters, values, projectedBox, ids, filter]);
}
