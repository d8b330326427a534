import type { Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { toPage } from '../../db/page.ts';
import { sql } from '../../db/sql.ts';
import type { Collection } from '../collection.sql.ts';
import type { ItemsQuestion } from '../items.query.ts';
import type { DownloadFormat } from './download.format.sql.ts';

interface ChunkRow {
  features: string;
  found: number;
  last: string | null;
}

interface Download {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
  /** Rows in all; absent: as many as there are. */
  most: number | undefined;
}

// Large enough that the statements cost little, small enough that a slow reader holds no more than a few megabytes.
const ROWS_AT_ONCE = 2000;

export const downloadStore = (db: Database) => ({
  /** A stream that has begun could no longer tell that what it hangs on is not there. */
  async requireAnchor(caller: Caller, collection: Collection, question: ItemsQuestion): Promise<void> {
    const { anchor } = collection.rows(question.filters);
    if (!anchor) return;
    const statement = sql`SELECT a.concern AS seen_target, 0 AS seen_one FROM (${anchor.row}) AS a`;
    if ((await db.query(caller, statement)).length === 0) throw anchor.missing();
  },

  /**
   * A selection in pieces. Each is a page of its own, so that a reader who is slow holds no connection; the next one is
   * asked for while one is on its way.
   */
  async *read(
    caller: Caller,
    { collection, question, format, most }: Download,
  ): AsyncGenerator<string | Buffer> {
    const { head, body } = format.writer(collection, question);
    const ask = async (cursor: string | undefined, left: number | undefined) => {
      const limit = Math.min(ROWS_AT_ONCE, left ?? ROWS_AT_ONCE);
      const [row] = await db.query<ChunkRow>(caller, format.page(collection, { ...question, limit, cursor }));
      const { features, found, last } = row!;
      const { next, numberReturned } = toPage({ features: '', found, last }, limit);
      return { next, numberReturned, features };
    };
    let left = most;
    let chunk = await ask(question.cursor, left);
    if (head.length > 0) yield head;
    for (;;) {
      if (left !== undefined) left -= chunk.numberReturned;
      const isLast = chunk.next === undefined || left === 0;
      const following = isLast ? undefined : ask(chunk.next, left);
      // a failure is told when its turn comes, and not at all when the reader has left
      following?.catch(() => {});
      if (chunk.numberReturned > 0) yield body(chunk.features);
      if (!following) return;
      chunk = await following;
    }
  },
});
export type DownloadStore = ReturnType<typeof downloadStore>;
