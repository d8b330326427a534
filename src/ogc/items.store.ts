import type { Caller } from '../core/caller.ts';
import type { Page } from '../core/page.ts';
import type { OrderedRows } from '../db/cell.order.ts';
import { cursorOf } from '../db/cursor.ts';
import type { Database } from '../db/database.ts';
import { type PageRow, toPage } from '../db/page.ts';
import { oneRow } from '../db/transaction.ts';
import { type Collection, collectionFor } from './collection/collection.sql.ts';
import type { ItemQuestion, ItemsQuestion, Selection } from './collection/items.query.ts';
import {
  boundaryStatement,
  countStatement,
  itemStatement,
  type Ordering,
  pageStatement,
  requireAnchor,
} from './collection/items.sql.ts';
import type { RowWays } from './collection/row.ways.store.ts';
import type { StrangerGuard } from './collection/stranger.limits.store.ts';
import type { ItemCounts } from './items.count.store.ts';

/** A feature, and for writable layers the parts of its ETag. */
export interface FoundItem {
  feature: string;
  version?: string;
}

interface CountColumns {
  matched?: number | null;
  is_known?: boolean;
}

interface ItemsSettings {
  strangers: StrangerGuard;
  counts: ItemCounts;
  ways: RowWays;
}

/** Whether a filter costs no more than `within`: it is an area alone, found by few cells. */
const isQuick = (ordered: OrderedRows | undefined): boolean => ordered?.way.by === 'cells' && !ordered.isFree;

export const itemsStore = (db: Database, { strangers, counts, ways }: ItemsSettings) => ({
  async list(
    caller: Caller,
    collection: Collection,
    question: ItemsQuestion,
  ): Promise<Page & { numberMatched: number | undefined }> {
    const isSorted = ways.isSortedQuickly(caller, collection, question);
    const count = await counts.choose(caller, collection, question);
    let ordered: OrderedRows | undefined;
    const by: Ordering = (rows) => {
      ordered = ways.choose(caller, collection, rows);
      return ordered;
    };
    const statement = pageStatement(collectionFor(caller, collection), question, { count, by });
    const limited = {
      ...question,
      ...(isSorted && { sort: [] }),
      ...(isQuick(ordered) && { filter: undefined }),
    };
    const row = oneRow(await strangers.ask<PageRow & CountColumns>(caller, limited, statement));
    requireAnchor(collection, question, row);
    return { ...toPage(row, question.limit), numberMatched: row.matched ?? undefined };
  },

  /** The cursor behind the first `limit` features, if more follow. */
  async endOfPart(
    caller: Caller,
    collection: Collection,
    question: ItemsQuestion,
  ): Promise<string | undefined> {
    const by: Ordering = (rows) => ways.choose(caller, collection, rows);
    const keyOf = async (asked: ItemsQuestion, rows: number) => {
      const statement = boundaryStatement(collectionFor(caller, collection), asked, rows, by);
      const [row] = await strangers.ask<{ last: string }>(caller, question, statement);
      return row && cursorOf(row.last);
    };
    const end = await keyOf(question, question.limit);
    return end && (await keyOf({ ...question, cursor: end }, 1)) ? end : undefined;
  },

  async count(caller: Caller, collection: Collection, selection: Selection): Promise<number> {
    const statement = countStatement(collectionFor(caller, collection), selection);
    const row = oneRow(await strangers.ask<CountColumns & { matched: number }>(caller, selection, statement));
    requireAnchor(collection, selection, row);
    return row.matched;
  },

  async find(
    caller: Caller,
    collection: Collection,
    id: string,
    question: ItemQuestion,
  ): Promise<FoundItem | undefined> {
    if (!collection.key.schema.safeParse(id).success) return undefined;
    const [row] = await db.query<FoundItem>(caller, itemStatement(collection, id, question));
    return row;
  },
});
export type ItemsStore = ReturnType<typeof itemsStore>;
