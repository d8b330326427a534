import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { noRoom, unavailable } from '../../core/problem.ts';
import type { ChangeLog, WatchedRows } from '../../db/change.log.ts';
import type { FileBody } from '../../http/file.reply.ts';
import { makeFolder } from './download.folder.store.ts';

export interface FilesSettings {
  folder: string;
  /** Of all files together, unfinished ones included. */
  mostBytes: number;
  keptSeconds?: number;
}

/**
 * A complete file, already unlinked: it disappears when it is closed or the process ends in any way. `release` must be
 * called once per `find` and `make`.
 */
export interface StoredFile<About> extends FileBody {
  about: About;
}

/** Writes the file `path`; calls `mayGoOn` regularly, which rejects without space or reader. */
export type FillFile<About> = (path: string, mayGoOn: () => Promise<void>) => Promise<About>;

/** A file being built, and the number of its readers. */
interface FileWork<About> {
  entry: Promise<Entry<About>>;
  waiting: number;
  ending: AbortController;
  /** Whether none of its rows was hidden since it began. */
  isCurrent(): boolean;
}

interface FileRequest {
  /** Absent: the file is not kept. */
  key: string | undefined;
  /** The rows that it may contain. */
  view: WatchedRows;
  /** Aborted when the reader leaves. */
  signal: AbortSignal;
  /** May join a build in progress. */
  mayJoin: boolean;
}

interface Entry<About> {
  file: Omit<StoredFile<About>, 'release'>;
  readers: number;
  isKept: boolean;
}

const KEPT_SECONDS = 300;
const MOST_KEPT = 64;
const MOST_AT_WORK = 3;
const MOST_BUILDS = 3; // of a file whose rows are hidden meanwhile

/** Download files by reader and request. Without LISTEN a file serves one request and is not kept. */
export function filesStore<About>(
  changes: Pick<ChangeLog, 'isLive' | 'now' | 'hasHiddenSince'>,
  { folder, mostBytes, keptSeconds = KEPT_SECONDS }: FilesSettings,
) {
  const kept = new Map<string, Entry<About>>();
  const making = new Map<symbol, number>();
  const underway = new Map<string, FileWork<About>>();

  const drop = (key: string, entry: Entry<About>): void => {
    if (kept.get(key) === entry) kept.delete(key);
    entry.isKept = false;
    closeUnread(entry);
  };
  const dropOldest = (): boolean => {
    const [oldest] = [...kept].filter(([, { readers }]) => readers === 0);
    if (oldest) drop(...oldest);
    return oldest !== undefined;
  };
  const bytesInAll = (): number =>
    [...kept.values()].reduce((sum, { file }) => sum + file.size, 0) +
    [...making.values()].reduce((sum, bytes) => sum + bytes, 0);

  function keep(key: string, entry: Entry<About>): void {
    const earlier = kept.get(key);
    if (earlier) drop(key, earlier);
    while (kept.size >= MOST_KEPT && dropOldest());
    entry.isKept = true;
    kept.set(key, entry);
    setTimeout(drop, keptSeconds * 1000, key, entry).unref();
  }

  function read(entry: Entry<About>): StoredFile<About> {
    entry.readers++;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      entry.readers--;
      closeUnread(entry);
    };
    return { ...entry.file, release };
  }

  function begin(fill: FillFile<About>, { key, view }: FileRequest): FileWork<About> {
    if (making.size >= MOST_AT_WORK) throw unavailable(10, 'too-many-files');
    const ending = new AbortController();
    const moment = changes.now();
    const isCurrent = () => !changes.hasHiddenSince(moment, view);
    const entry = build(fill, ending.signal).then((made) => {
      const whole = { ...made, file: { ...made.file, isCurrent } };
      if (key !== undefined && changes.isLive() && isCurrent()) keep(key, whole);
      else if (work.waiting === 0) closeUnread(whole);
      return whole;
    });
    const work: FileWork<About> = { entry, waiting: 0, ending, isCurrent };
    if (key !== undefined) underway.set(key, work);
    entry
      .catch(() => {})
      .finally(() => {
        if (key !== undefined && underway.get(key) === work) underway.delete(key);
      });
    return work;
  }

  async function build(fill: FillFile<About>, signal: AbortSignal) {
    const token = Symbol();
    making.set(token, 0);
    let own: string | undefined;
    try {
      own = await makeFolder(folder);
      const path = join(own, 'file');
      const about = await fill(path, async () => {
        signal.throwIfAborted();
        making.set(token, await bytesIn(own!));
        while (bytesInAll() > mostBytes) if (!dropOldest()) throw noRoom('no-room');
      });
      return { file: { ...(await openWhole(path)), about }, readers: 0, isKept: false };
    } catch (error) {
      return explained(error);
    } finally {
      making.delete(token);
      if (own) await rm(own, { recursive: true, force: true });
    }
  }

  async function makeOnce(fill: FillFile<About>, request: FileRequest): Promise<StoredFile<About>> {
    const { key, signal, mayJoin } = request;
    const found = mayJoin && changes.isLive() && key !== undefined ? underway.get(key) : undefined;
    const work = found?.isCurrent() ? found : begin(fill, request);
    work.waiting++;
    try {
      return read(await Promise.race([work.entry, leaving(signal)]));
    } finally {
      work.waiting--;
      if (work.waiting === 0) work.ending.abort();
    }
  }

  return {
    /** A kept file for the same key, if no row of it was hidden since. */
    find(key: string): StoredFile<About> | undefined {
      const entry = kept.get(key);
      if (entry && changes.isLive() && entry.file.isCurrent()) return read(entry);
      if (entry) drop(key, entry);
      return undefined;
    },

    /** Builds again if a row was hidden during the build. */
    async make(fill: FillFile<About>, request: FileRequest): Promise<StoredFile<About>> {
      for (let builds = 1; ; builds++) {
        const file = await makeOnce(fill, request);
        if (file.isCurrent() || builds === MOST_BUILDS) return file;
        file.release();
      }
    },

    close(): void {
      for (const [key, entry] of kept) drop(key, entry);
    },
  };
}

function closeUnread({ file, readers, isKept }: Entry<unknown>): void {
  if (readers === 0 && !isKept) void file.handle.close().catch(() => {});
}

async function openWhole(path: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return { handle, size, etag: `"${hash.digest('base64url')}"` };
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Rejects like a hang-up, which is not logged. */
const leaving = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const leave = () => reject(Object.assign(new Error('The reader has left.'), { code: 'ECONNABORTED' }));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });

const NO_SPACE = /ENOSPC|EDQUOT|database or disk is full/;

function explained(error: unknown): never {
  throw isNativeError(error) && NO_SPACE.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`)
    ? noRoom('no-room')
    : error;
}
