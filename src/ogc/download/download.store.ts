import { randomBytes } from 'node:crypto';
import { type Caller, viewerOf } from '../../core/caller.ts';
import { unprocessable } from '../../core/problem.ts';
import { addSeen, type Trace, traceApart } from '../../core/trace.ts';
import type { WatchedRows } from '../../db/change.log.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import type { Anchor, Collection } from '../collection/collection.sql.ts';
import { hangsOnTime } from '../collection/items.filter.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import { countStatement } from '../collection/items.sql.ts';
import type { RowWays } from '../collection/row.ways.store.ts';
import type { StrangerGuard } from '../collection/stranger.limits.store.ts';
import { chunksOf, type Download } from './download.chunks.store.ts';
import { type FilesSettings, type FillFile, filesStore, type StoredFile } from './download.files.store.ts';
import type { EncodedFormat, FileFormat, StreamFormat, TextFormat } from './download.format.sql.ts';
import { versionMemory } from './download.versions.ts';
import { encodedLayerOf } from './encoded.formats.sql.ts';
import { beginJob, type EncodingJob } from './encoding/encoder.threads.ts';
import { MOST_INDEXED } from './encoding/flatgeobuf.index.ts';

export type FileDownload = Download & { format: FileFormat };
export type StreamDownload = Download & { format: StreamFormat };
type EncodedDownload = Download & { format: EncodedFormat };

export interface FileOptions {
  /** From `keyOf`; absent: the file is not kept. */
  key: string | undefined;
  signal: AbortSignal;
}

export interface DownloadSettings {
  ways: RowWays;
  files: FilesSettings;
  /** Credit for the data. */
  attribution: string;
}

type File = StoredFile<Trace | undefined>;

const MOST_CHARACTERS = 1_000_000; // for a thread at once

export function downloadStore(
  db: Database,
  strangers: StrangerGuard,
  { files: settings, attribution, ways }: DownloadSettings,
) {
  const files = filesStore<Trace | undefined>(db.changes, settings);
  const versions = versionMemory(db.changes);

  async function requireAnchor(caller: Caller, anchor: Anchor | undefined): Promise<void> {
    if (!anchor) return;
    const statement = sql`SELECT a.concern AS seen_target, 0 AS seen_one FROM (${anchor.row}) AS a`;
    if ((await db.query(caller, statement)).length === 0) throw anchor.missing();
  }

  const jobOf = ({ collection, question, format }: EncodedDownload, path?: string): EncodingJob =>
    beginJob({ format: format.encoding, layer: encodedLayerOf(collection, question, attribution), path });

  /** The trace is that of the build. */
  const fill =
    (caller: Caller, download: FileDownload): FillFile<Trace | undefined> =>
    async (path, mayGoOn) => {
      const maker = caller.trace ? { ...caller, trace: traceApart(caller.trace) } : caller;
      const job = jobOf(download, path);
      let features = 0;
      try {
        for await (const texts of chunksOf(db, maker, download, ways)) {
          for (const part of partsOf(texts)) features += (await job.add(part)).features!;
          if (features > MOST_INDEXED && download.format.encoding === 'fgb') throw tooMany();
          await mayGoOn(features);
        }
        const { version } = await job.finish(() => mayGoOn(features));
        await mayGoOn(features);
        return { version: version!, about: maker.trace };
      } finally {
        await job.close();
      }
    };

  async function* readEncoded(caller: Caller, download: EncodedDownload): AsyncGenerator<Uint8Array> {
    const job = jobOf(download);
    try {
      for await (const texts of chunksOf(db, caller, download, ways)) {
        for (const part of partsOf(texts)) {
          const { bytes } = await job.add(part);
          if (bytes!.length > 0) yield bytes!;
        }
      }
      const { bytes } = await job.finish();
      if (bytes) yield bytes;
    } finally {
      await job.close();
    }
  }

  async function* readTexts(
    caller: Caller,
    download: Download & { format: TextFormat },
  ): AsyncGenerator<string> {
    const { head, body } = download.format.writer(download.collection, download.question);
    let isBegun = head.length === 0;
    for await (const texts of chunksOf(db, caller, download, ways)) {
      if (!isBegun) yield head;
      isBegun = true;
      for (const features of texts) yield body(features);
    }
  }

  async function make(caller: Caller, download: FileDownload, options: FileOptions & { isFresh: boolean }) {
    const view = viewOf(caller, download);
    const file = await files.make(fill(caller, download), { ...options, view });
    if (options.key !== undefined && isSteady(download)) versions.note(options.key, { ...file, view });
    return file;
  }

  return {
    /** Checked first, because a started stream cannot be refused any more. Returns the caller of its statements. */
    async permit(caller: Caller, collection: Collection, question: ItemsQuestion): Promise<Caller> {
      await requireAnchor(caller, collection.rows(question.filters).anchor);
      return strangers.permit(caller, question, countStatement(collection, question));
    },

    isLive: () => db.changes.isLive(),

    /** The bytes of the stream, in pieces. */
    read: (caller: Caller, download: StreamDownload): AsyncGenerator<string | Uint8Array> =>
      'encoding' in download.format
        ? readEncoded(caller, { ...download, format: download.format })
        : readTexts(caller, { ...download, format: download.format }),

    /**
     * The version of a stream that begins now; undefined: unknown. Its bytes are not known before their end, so this is a
     * random word for all streams until a row changes.
     */
    streamVersion(caller: Caller, download: StreamDownload, key: string): string | undefined {
      if (!isSteady(download)) return undefined;
      const known = versions.find(key);
      if (known !== undefined) return known;
      const version = randomBytes(15).toString('base64url');
      versions.note(key, { version, moment: db.changes.now(), view: viewOf(caller, download) });
      return versions.find(key);
    },

    /** The file of the rows as they are now. */
    async newest(caller: Caller, download: FileDownload, options: FileOptions): Promise<File> {
      const { key } = options;
      const version = key && versions.find(key);
      const found = version && files.find(key!, version);
      return found || make(caller, download, { ...options, isFresh: true });
    },

    /** The version of the rows as they are now, if it is known without reading them. */
    newestVersion: (key: string | undefined): string | undefined => key && versions.find(key),

    isKept(key: string | undefined, version: string): boolean {
      const found = key && files.find(key, version);
      if (!found) return false;
      found.release();
      return true;
    },

    /** One version, as long as it is kept or still the newest. */
    async version(
      caller: Caller,
      download: FileDownload,
      version: string,
      options: FileOptions,
    ): Promise<File | undefined> {
      const { key } = options;
      let file = key && files.find(key, version);
      if (!file) {
        const newest = key && versions.find(key);
        if (newest && newest !== version) return undefined;
        file = await make(caller, download, { ...options, isFresh: false });
      }
      if (file.version !== version) {
        file.release();
        return undefined;
      }
      noteSeen(caller, file);
      return file;
    },

    countWritten: files.countWritten,
  };
}

/** Large geometries are encoded a few at a time. At least one part, so that an empty layer has its header. */
function partsOf(texts: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const text of texts) {
    if (length > 0 && length + text.length > MOST_CHARACTERS) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(text);
    length += text.length;
  }
  return parts;
}

const tooMany = () => unprocessable('too-many-for-index', 'too-many-for-index', { most: MOST_INDEXED });

/** Every answer from a file is audited, whenever it was built. */
export function noteSeen({ trace }: Caller, { about }: Pick<File, 'about'>): void {
  if (trace && about) addSeen(trace, about);
}

/** Equal for callers with the same view. */
export const keyOf = (caller: Caller, address: string): string => audienceOf(caller) + address;

export const mayFollow = (caller: Caller, key: string): boolean => key.startsWith(audienceOf(caller));

const audienceOf = (caller: Caller): string =>
  JSON.stringify([viewerOf(caller), caller.agency, caller.roles]);

/** Whether only writes to the collection change its rows. */
const isSteady = ({ collection, question }: Download): boolean =>
  !hangsOnTime(collection, question.filter) && !collection.rows(question.filters).anchor;

const EVERYWHERE: Edges = [-180, -90, 180, 90];

const viewOf = (caller: Caller, { collection }: Download): WatchedRows => ({
  collection: collection.id,
  viewer: viewerOf(caller),
  agency: caller.agency,
  box: EVERYWHERE,
});

export type DownloadStore = ReturnType<typeof downloadStore>;
