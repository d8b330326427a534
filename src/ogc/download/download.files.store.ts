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
}

/**
 * A complete file, already unlinked: it disappears when it is closed or the process ends in any way. `release` must be
 * called once per `find` and `make`.
 */
export interface StoredFile<About> extends Omit<FileBody, 'hasRanges'> {
  version: string;
  /** Of the change log, before the build. */
  moment: number;
  about: About;
}

/** Called regularly with the number of features so far; rejects without space or reader. */
export type MayGoOn = (features: number) => Promise<void>;

/** Writes the file `path`. The version is a hash of its bytes. */
export type FillFile<About> = (path: string, mayGoOn: MayGoOn) => Promise<{ version: string; about: About }>;

/** A file being built, and the number of its readers. */
interface FileWork<About> {
  entry: Promise<Entry<About>>;
  features: number;
  waiting: number;
  ending: AbortController;
  /** Of the change log, before the build. */
  moment: number;
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
  /** Must have every change until now, so it joins a build only if nothing changed since that began. */
  isFresh: boolean;
}

interface Entry<About> {
  file: Omit<StoredFile<About>, 'release'>;
  readers: number;
  isKept: boolean;
  /** Ends the entry when nobody read it for a while. */
  idle?: NodeJS.Timeout;
}

const KEPT_MS = 300_000; // after the last reader
const LONGEST_MS = 3_600_000; // after the build
const MOST_KEPT = 64;
const MOST_AT_WORK = 3;
const MOST_BUILDS = 3; // of a file whose rows are hidden meanwhile

/** Download files by audience, request and version. Without LISTEN a file serves one request and is not kept. */
export function filesStore<About>(
  changes: Pick<ChangeLog, 'isLive' | 'now' | 'hasChangedSince' | 'hasHiddenSince'>,
  { folder, mostBytes }: FilesSettings,
) {
  const kept = new Map<string, Entry<About>>();
  const making = new Map<symbol, number>();
  const underway = new Map<string, FileWork<About>>();

  const drop = (name: string, entry: Entry<About>): void => {
    if (kept.get(name) === entry) kept.delete(name);
    clearTimeout(entry.idle);
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

  function keep(name: string, entry: Entry<About>): void {
    const earlier = kept.get(name);
    if (earlier) drop(name, earlier);
    while (kept.size >= MOST_KEPT && dropOldest());
    entry.isKept = true;
    kept.set(name, entry);
    const dropIdle = () => {
      if (entry.readers === 0) drop(name, entry);
      else entry.idle?.refresh();
    };
    entry.idle = setTimeout(dropIdle, KEPT_MS).unref();
    setTimeout(drop, LONGEST_MS, name, entry).unref();
  }

  function read(entry: Entry<About>): StoredFile<About> {
    entry.readers++;
    entry.idle?.refresh();
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      entry.readers--;
      if (entry.isKept) entry.idle?.refresh();
      closeUnread(entry);
    };
    return { ...entry.file, release };
  }

  function begin(fill: FillFile<About>, { key, view }: FileRequest): FileWork<About> {
    if (making.size >= MOST_AT_WORK) throw unavailable(10, 'too-many-files');
    const ending = new AbortController();
    const moment = changes.now();
    const isCurrent = () => !changes.hasHiddenSince(moment, view);
    const count = (features: number) => {
      work.features = features;
    };
    const entry = build(fill, ending.signal, count).then((made) => {
      const whole = { ...made, file: { ...made.file, moment, isCurrent } };
      if (key !== undefined && changes.isLive() && isCurrent()) keep(nameOf(key, made.file.version), whole);
      else if (work.waiting === 0) closeUnread(whole);
      return whole;
    });
    const work: FileWork<About> = { entry, features: 0, waiting: 0, ending, moment, isCurrent };
    if (key !== undefined) underway.set(key, work);
    entry
      .catch(() => {})
      .finally(() => {
        if (key !== undefined && underway.get(key) === work) underway.delete(key);
      });
    return work;
  }

  async function build(fill: FillFile<About>, signal: AbortSignal, count: (features: number) => void) {
    const token = Symbol();
    making.set(token, 0);
    let own: string | undefined;
    try {
      own = await makeFolder(folder);
      const path = join(own, 'file');
      const { version, about } = await fill(path, async (features) => {
        signal.throwIfAborted();
        count(features);
        making.set(token, await bytesIn(own!));
        while (bytesInAll() > mostBytes) if (!dropOldest()) throw noRoom('no-room');
      });
      return { file: { ...(await openWhole(path, version)), about }, readers: 0, isKept: false };
    } catch (error) {
      return explained(error);
    } finally {
      making.delete(token);
      if (own) await rm(own, { recursive: true, force: true });
    }
  }

  async function makeOnce(fill: FillFile<About>, request: FileRequest): Promise<StoredFile<About>> {
    const { key, view, signal, isFresh } = request;
    const found = changes.isLive() && key !== undefined ? underway.get(key) : undefined;
    const isJoined = found?.isCurrent() && !(isFresh && changes.hasChangedSince(found.moment, view));
    const work = isJoined ? found! : begin(fill, request);
    work.waiting++;
    try {
      return read(await Promise.race([work.entry, leaving(signal)]));
    } finally {
      work.waiting--;
      if (work.waiting === 0) work.ending.abort();
    }
  }

  return {
    /** A kept version for the same key, if no row of it was hidden since. */
    find(key: string, version: string): StoredFile<About> | undefined {
      const name = nameOf(key, version);
      const entry = kept.get(name);
      if (entry && changes.isLive() && entry.file.isCurrent()) return read(entry);
      if (entry) drop(name, entry);
      return undefined;
    },

    /** The number of features that a build in progress has written. */
    countWritten: (key: string): number => underway.get(key)?.features ?? 0,

    /** Builds again if a row was hidden during the build. */
    async make(fill: FillFile<About>, request: FileRequest): Promise<StoredFile<About>> {
      for (let builds = 1; ; builds++) {
        const file = await makeOnce(fill, request);
        if (file.isCurrent() || builds === MOST_BUILDS) return file;
        file.release();
      }
    },
  };
}

const nameOf = (key: string, version: string): string => `${version} ${key}`;

function closeUnread({ file, readers, isKept }: Entry<unknown>): void {
  if (readers === 0 && !isKept) void file.handle.close().catch(() => {});
}

async function openWhole(path: string, version: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  return { handle, size, version, etag: `"${version}"` };
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
