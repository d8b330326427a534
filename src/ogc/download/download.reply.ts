import { Readable } from 'node:stream';
import type { Request } from 'express';
import type { Caller } from '../../core/caller.ts';
import { selfUrl } from '../../http/paging.ts';
import type { Reply } from '../../http/reply.ts';
import { stopTimeout } from '../../http/request.timeout.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { Download } from './download.chunks.store.ts';
import type { DownloadFormat } from './download.format.sql.ts';
import type { DownloadStore } from './download.store.ts';

interface DownloadRequest {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
}

/** The whole selection, or `limit` features of it. */
export async function downloadReply(
  downloads: DownloadStore,
  caller: Caller,
  { collection, question, format }: DownloadRequest,
  request: Request,
): Promise<Reply> {
  const most = selfUrl(request).searchParams.has('limit') ? question.limit : undefined;
  const asker = await downloads.permit(caller, collection, question);
  const download = { collection, question, format, most };
  return {
    mediaType: format.mediaType,
    headers: {
      'Content-Crs': `<${question.shown.crs.uri}>`,
      'Content-Disposition': `attachment; filename="${collection.id}.${format.extension}"`,
    },
    ...(isFile(download, request)
      ? { file: await fileOf(downloads, asker, download, request) }
      : { body: Readable.from(downloads.read(asker, download), { objectMode: false }) }),
  };
}

/** Large layers are streamed if their format allows, unless the request needs ranges or a length. */
const isFile = ({ collection, format }: Download, { method, headers }: Request): boolean =>
  format.file !== undefined &&
  (collection.isSmall || !format.writer || method === 'HEAD' || headers.range !== undefined);

async function fileOf(downloads: DownloadStore, caller: Caller, download: Download, request: Request) {
  const { collection, format } = download;
  // no time limit: the timeout is for answers that hang
  stopTimeout(request.res!);
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  request.socket.once('close', leave);
  // small files with identical bytes for identical features are rebuilt per range request
  const isKept = !(collection.isSmall && format.writer);
  try {
    return await downloads.file(caller, download, {
      address: isKept ? addressOf(download, request) : undefined,
      isFresh: request.method === 'GET' && request.headers.range === undefined,
      signal: leaving.signal,
    });
  } finally {
    request.socket.off('close', leave);
  }
}

function addressOf({ collection, format }: Download, request: Request): string {
  const { searchParams } = selfUrl(request);
  searchParams.delete('f');
  searchParams.sort();
  return `${collection.id} ${format.name} ${searchParams}`;
}
