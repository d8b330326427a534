import type { Caller } from '../../access/caller.ts';
import type { Database } from '../../db/database.ts';
import { toPage } from '../../db/page.ts';
import type { Collection } from '../collection.sql.ts';
import type { ItemsQuestion } from '../items.query.ts';
import type { DownloadFormat } from './download.format.sql.ts';

interface ChunkRow {
  features: string;
  found: number;
  last: string | null;
}

export interface Download {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
  /** Rows in all; absent: as many as there are. */
  most: number | undefined;
}

// Large enough that the statements cost little, small enough that a slow reader holds no more than a few megabytes.
const ROWS_AT_ONCE = 2000;

/**
 * A selection in texts of features. Each is a page of its own, so that a reader who is slow holds no connection; the next
 * one is asked for while one is on its way.
 */
export async function* chunksOf(
  db: Database,
  caller: Caller,
  { collection, question, format, most }: Download,
): AsyncGenerator<string> {
  const ask = async (cursor: string | undefined, left: number | undefined) => {
    const limit = Math.min(ROWS_AT_ONCE, left ?? ROWS_AT_ONCE);
    const [row] = await db.query<ChunkRow>(caller, format.page(collection, { ...question, limit, cursor }));
    const { features, found, last } = row!;
    const { next, numberReturned } = toPage({ features: '', found, last }, limit);
    return { next, numberReturned, features };
  };
  let left = most;
  let chunk = await ask(question.cursor, left);
  for (;;) {
    if (left !== undefined) left -= chunk.numberReturned;
    const isLast = chunk.next === undefined || left === 0;
    const following = isLast ? undefined : ask(chunk.next, left);
    // a failure is told when its turn comes, and not at all when the reader has left
    following?.catch(() => {});
    if (chunk.numberReturned > 0) yield chunk.features;
    if (!following) return;
    chunk = await following;
  }
}
