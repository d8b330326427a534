import { setTimeout } from 'node:timers/promises';
import type { Request } from 'express';
import type { Caller } from '../../core/caller.ts';
import { message } from '../../core/catalogue.ts';
import { tagWithoutWorld } from '../../core/precondition.ts';
import { Problem } from '../../core/problem.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { selfUrl } from '../../http/paging.ts';
import type { PassOn } from '../../http/pass.on.ts';
import { askedRange, isNotModified, notResumable } from '../../http/range.ts';
import type { Reply } from '../../http/reply.ts';
import { stopTimeout } from '../../http/request.timeout.ts';
import { type Builds, waitSeconds } from './download.builds.ts';
import { acceptedReply } from './download.progress.ts';
import { onCut, type ReaderMemory, readerOf } from './download.readers.ts';
import { type DownloadStore, type FileDownload, keyOf, noteSeen } from './download.store.ts';

/** What downloads need, for all requests of this process. */
export interface Downloads {
  store: DownloadStore;
  readers: ReaderMemory;
  builds: Builds;
  /** The process that keeps the files, if it is not this one. */
  elsewhere: PassOn | undefined;
}

interface AskedFile {
  download: FileDownload;
  address: string;
  request: Request;
}

/** A request with the names that it has in the memories of this process. */
interface NamedRequest extends AskedFile {
  caller: Caller;
  key: string | undefined;
  reader: string;
}

/**
 * The address of a selection redirects to that of a version, whose bytes never change, so that it serves ranges:
 * docs/decisions/0034-versions-of-files.md.
 */
export async function fileReply(downloads: Downloads, caller: Caller, asked: AskedFile): Promise<Reply> {
  const { download, address, request } = asked;
  const key = keyOf(caller, address);
  // files of few rows are not kept: the same rows make the same bytes
  const kept = download.collection.isSmall ? undefined : key;
  const named: NamedRequest = { ...asked, caller, key: kept, reader: readerOf(caller, request, key) };
  // no time limit: the timeout is for answers that hang
  stopTimeout(request.res!);
  const { version } = download.question;
  return version === undefined ? selectionReply(downloads, named) : versionReply(downloads, named, version);
}

async function versionReply(downloads: Downloads, named: NamedRequest, version: string): Promise<Reply> {
  const { store, readers } = downloads;
  const { caller, download, key, reader, request } = named;
  const file = await whileThere(request, (signal) =>
    store.version(caller, download, version, { key, signal }),
  );
  if (!file) {
    readers.forget(reader);
    throw new Problem({ status: 410, slug: 'file-gone', says: message('file-version-gone') });
  }
  readers.note(reader, version);
  if (request.method === 'GET') onCut(request, () => readers.noteCut(reader, version));
  return { file: { ...file, hasRanges: true } };
}

async function selectionReply(downloads: Downloads, named: NamedRequest): Promise<Reply> {
  const { store } = downloads;
  const { request, key } = named;
  const going = versionInHand(downloads, named);
  if (going !== undefined) return redirect(request, going);
  const newest = store.newestVersion(key);
  if (newest && isNotModified(request, tagOf(newest))) return notModified(newest);
  const seconds = waitSeconds(request.headers.prefer);
  const isThere = newest !== undefined && store.isKept(key, newest);
  return seconds === undefined || key === undefined || isThere || !store.isLive()
    ? newestReply(downloads, named)
    : laterReply(downloads, { ...named, key }, seconds);
}

/** The file, if it is complete within so many seconds; else the address that tells its progress. */
async function laterReply(
  { store, builds }: Downloads,
  named: NamedRequest & { key: string },
  seconds: number,
) {
  const { caller, download, key, request } = named;
  const work = store.newest(caller, download, { key, signal: new AbortController().signal }).then((file) => {
    file.release();
    return file;
  });
  const pathOf = (version: string) => pathOfVersion(request, version);
  const build = builds.begin({ key, collection: download.collection.id, pathOf }, work);
  await Promise.race([build.ended, setTimeout(seconds * 1000, undefined, { ref: false })]);
  const { outcome } = build;
  if (outcome && 'error' in outcome) throw outcome.error;
  if (outcome) return redirect(request, outcome.version);
  return acceptedReply(request, build, store.countWritten(key));
}

async function newestReply({ store, readers }: Downloads, named: NamedRequest): Promise<Reply> {
  const { caller, download, key, reader, request } = named;
  const file = await whileThere(request, (signal) => store.newest(caller, download, { key, signal }));
  const isKept = store.isKept(key, file.version) || download.collection.isSmall;
  // without LISTEN nothing is kept: the whole file at once, without ranges
  if (!isKept && request.method === 'GET' && askedRange(request) === undefined) {
    noteSeen(caller, file);
    return { file: { ...file, hasRanges: false } };
  }
  file.release();
  if (isNotModified(request, file.etag)) return notModified(file.version);
  readers.note(reader, file.version);
  return redirect(request, file.version);
}

/** The version with which a request goes on; undefined: it begins. */
function versionInHand({ store, readers }: Downloads, { request, key, reader }: NamedRequest) {
  const range = askedRange(request);
  const ifRange = request.headers['if-range'];
  const own = ifRange && tagWithoutWorld(exerciseOf(request), String(ifRange));
  const tag = /^"([\w-]{43})"$/.exec(own ?? '')?.[1];
  if (range !== undefined && ifRange !== undefined)
    return tag !== undefined && store.isKept(key, tag) ? tag : undefined;
  const version = range === 'rest' ? readers.cut(reader) : readers.last(reader);
  if (range === 'rest' || range === 'part') {
    if (version === undefined) throw notResumable('file-version-unknown');
    return version;
  }
  const isRangeReader = range === 'start' || request.method === 'HEAD';
  return isRangeReader && version !== undefined && store.isKept(key, version) ? version : undefined;
}

const tagOf = (version: string): string => `"${version}"`;

const notModified = (version: string): Reply => ({ status: 304, headers: { ETag: tagOf(version) } });

const redirect = (request: Request, version: string): Reply => ({
  status: 302,
  location: pathOfVersion(request, version),
});

/** The path of one version, relative to the base path. */
export function pathOfVersion(request: Request, version: string): string {
  const { searchParams } = selfUrl(request);
  searchParams.set('version', version);
  return `${request.path}?${searchParams}`;
}

/** The signal is aborted when the client leaves. */
async function whileThere<T>({ socket }: Request, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  socket.once('close', leave);
  try {
    return await work(leaving.signal);
  } finally {
    socket.off('close', leave);
  }
}
