import { type Caller, viewerOf } from '../../core/caller.ts';
import { addSeen, type Trace, traceApart } from '../../core/trace.ts';
import type { WatchedRows } from '../../db/change.log.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import type { FileBody } from '../../http/file.reply.ts';
import type { Anchor, Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import { countStatement } from '../collection/items.sql.ts';
import type { StrangerGuard } from '../collection/stranger.limits.store.ts';
import { chunksOf, type Download } from './download.chunks.store.ts';
import { type FilesSettings, filesStore } from './download.files.store.ts';

interface FileOptions {
  /** The normalised request; absent: the file is not kept. */
  address: string | undefined;
  /** Rebuilds instead of using a kept file. */
  isFresh: boolean;
  signal: AbortSignal;
}

export interface DownloadSettings {
  files: FilesSettings;
  /** Credit for the data. */
  attribution: string;
}

const TEXTS_BETWEEN_LOOKS = 20;

export function downloadStore(
  db: Database,
  strangers: StrangerGuard,
  { files: settings, attribution }: DownloadSettings,
) {
  const files = filesStore<Trace | undefined>(db.changes, settings);

  async function requireAnchor(caller: Caller, anchor: Anchor | undefined): Promise<void> {
    if (!anchor) return;
    const statement = sql`SELECT a.concern AS seen_target, 0 AS seen_one FROM (${anchor.row}) AS a`;
    if ((await db.query(caller, statement)).length === 0) throw anchor.missing();
  }

  /** Returns the trace of the build. */
  const fill =
    (caller: Caller, download: Download) =>
    async (path: string, mayGoOn: () => Promise<void>): Promise<Trace | undefined> => {
      const maker = caller.trace ? { ...caller, trace: traceApart(caller.trace) } : caller;
      const { collection, question, format } = download;
      const writer = await format.file!(path, { collection, question, attribution });
      try {
        let texts = 0;
        for await (const features of chunksOf(db, maker, download)) {
          await writer.add(features);
          if (texts++ % TEXTS_BETWEEN_LOOKS === 0) await mayGoOn();
        }
        await writer.finish(mayGoOn);
        await mayGoOn();
      } finally {
        await writer.close();
      }
      return maker.trace;
    };

  return {
    /** Checked first, because a started stream cannot be refused any more. Returns the caller of its statements. */
    async permit(caller: Caller, collection: Collection, question: ItemsQuestion): Promise<Caller> {
      await requireAnchor(caller, collection.rows(question.filters).anchor);
      return strangers.permit(caller, question, countStatement(collection, question));
    },

    /** The bytes of the stream, in pieces. */
    async *read(caller: Caller, download: Download): AsyncGenerator<string | Buffer> {
      const { head, body, tail } = download.format.writer!(download.collection, download.question);
      let isBegun = head.length === 0;
      for await (const features of chunksOf(db, caller, download)) {
        if (!isBegun) yield head;
        isBegun = true;
        const piece = body(features);
        if (piece.length > 0) yield piece;
      }
      if (!isBegun) yield head;
      if (tail) yield tail();
    },

    /** The whole selection as a file. Every answer from it is audited, whenever it was built. */
    async file(
      caller: Caller,
      download: Download,
      { address, isFresh, signal }: FileOptions,
    ): Promise<FileBody> {
      const key = address && JSON.stringify([viewerOf(caller), caller.agency, caller.roles, address]);
      const view = viewOf(caller, download);
      const found = isFresh || key === undefined ? undefined : files.find(key);
      const file =
        found ?? (await files.make(fill(caller, download), { key, view, signal, mayJoin: !isFresh }));
      if (caller.trace && file.about) addSeen(caller.trace, file.about);
      return file;
    },
  };
}

const EVERYWHERE: Edges = [-180, -90, 180, 90];

const viewOf = (caller: Caller, { collection }: Download): WatchedRows => ({
  collection: collection.id,
  viewer: viewerOf(caller),
  agency: caller.agency,
  box: EVERYWHERE,
});

export type DownloadStore = ReturnType<typeof downloadStore>;
