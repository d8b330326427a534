import type { Caller } from '../../core/caller.ts';
import { cursorOf } from '../../db/cursor.ts';
import type { Database } from '../../db/database.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { type Collection, collectionFor } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import { boundaryStatement, type Ordering } from '../collection/items.sql.ts';
import type { RowWays } from '../collection/row.ways.store.ts';
import type { DownloadFormat } from './download.format.sql.ts';

export interface Download {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
  /** Maximum number of rows; absent: all. */
  most: number | undefined;
}

interface ChunkRequest {
  db: Database;
  caller: Caller;
  download: Download;
  by: Ordering;
}

/** Cursors around the rows of a chunk. */
interface Bounds {
  cursor: string | undefined;
  until: string | undefined;
}

// Large enough to keep statement overhead low, small enough that a slow reader costs only a few megabytes.
const ROWS_AT_ONCE = 1000;
const SIDE_BY_SIDE = 2; // parallel chunks; a third connection finds the end of the next one
const CONNECTIONS_NEEDED = 4;

/**
 * A selection as texts of features, those of a chunk together. Each chunk is a separate page, so a slow reader holds no connection, and the next
 * chunk is read while one is being sent.
 */
export function chunksOf(
  db: Database,
  caller: Caller,
  download: Download,
  ways: RowWays,
): AsyncGenerator<string[]> {
  const { question, most } = download;
  const collection = collectionFor(caller, download.collection);
  const by: Ordering = (rows) => ways.choose(caller, collection, rows);
  const asking = { db, caller: inDownloads(caller), download: { ...download, collection }, by };
  const isLong = !collection.isSmall && most === undefined && question.sort.length === 0;
  if (isLong && db.poolStats().size >= CONNECTIONS_NEEDED) return sideBySide(asking);
  return oneByOne(asking, question);
}

/** Whole layers wait with each other; those of callers without a key with the other strangers. */
const inDownloads = (caller: Caller): Caller => (caller.country ? { ...caller, lane: 'downloads' } : caller);

async function* oneByOne(asking: ChunkRequest, { cursor, until }: Bounds): AsyncGenerator<string[]> {
  let left = asking.download.most;
  let chunk = await ask(asking, { cursor, until }, left);
  for (;;) {
    if (left !== undefined) left -= chunk.numberReturned;
    const isLast = chunk.next === undefined || left === 0;
    const following = isLast ? undefined : unheard(ask(asking, { cursor: chunk.next, until }, left));
    yield chunk.texts;
    if (!following) return;
    chunk = await following;
  }
}

/** Finding the end of a chunk is much faster than writing it, so two are written in parallel. */
async function* sideBySide(asking: ChunkRequest): AsyncGenerator<string[]> {
  const allBounds = boundsOf(asking);
  const begin = async () => {
    const { value: bounds, done } = await allBounds.next();
    return done ? undefined : { bounds, chunk: await ask(asking, bounds) };
  };
  const underway = Array.from({ length: SIDE_BY_SIDE }, () => unheard(begin()));
  for (;;) {
    const part = await underway.shift()!;
    if (!part) return;
    underway.push(unheard(begin()));
    yield part.chunk.texts;
    // rows written between its bounds meanwhile
    if (part.chunk.next) yield* oneByOne(asking, { ...part.bounds, cursor: part.chunk.next });
  }
}

async function* boundsOf({
  db,
  caller,
  download: { collection, question },
  by,
}: ChunkRequest): AsyncGenerator<Bounds> {
  let { cursor } = question;
  for (;;) {
    const statement = boundaryStatement(collection, { ...question, cursor }, ROWS_AT_ONCE, by);
    const [row] = await db.query<{ last: string }>(caller, statement);
    const until = row && cursorOf(row.last);
    yield { cursor, until: until ?? question.until };
    if (until === undefined) return;
    cursor = until;
  }
}

async function ask({ db, caller, download, by }: ChunkRequest, bounds: Bounds, left = Infinity) {
  const { collection, question, format } = download;
  const limit = Math.min(ROWS_AT_ONCE, left);
  const rows = await db.query<PageRow>(
    caller,
    format.page(collection, { ...question, ...bounds, limit }, by),
  );
  const found = rows.reduce((sum, row) => sum + row.found, 0);
  const last = rows.find((row) => row.last !== null)?.last ?? null;
  const { next, numberReturned } = toPage({ features: '', found, last }, limit);
  return { next, numberReturned, texts: rows.map(({ features }) => features).filter(Boolean) };
}

/** An error surfaces when the chunk is awaited, and not at all if the reader has left. */
function unheard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
