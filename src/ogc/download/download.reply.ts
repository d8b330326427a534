import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Request } from 'express';
import type { Caller } from '../../core/caller.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { selfUrl } from '../../http/paging.ts';
import type { Reply } from '../../http/reply.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import { type Downloads, fileReply } from './download.file.reply.ts';
import type { DownloadFormat } from './download.format.sql.ts';
import { type FileDownload, keyOf, type StreamDownload } from './download.store.ts';

interface DownloadRequest {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
}

/** The whole selection, or `limit` features of it. */
export async function downloadReply(
  downloads: Downloads,
  caller: Caller,
  { collection, question, format }: DownloadRequest,
  request: Request,
): Promise<Reply> {
  if (format.isFile && !collection.isSmall && downloads.elsewhere) return { passOn: downloads.elsewhere };
  const most = selfUrl(request).searchParams.has('limit') ? question.limit : undefined;
  const asker = await downloads.store.permit(caller, collection, question);
  const download = { collection, question: { ...question, exercise: exerciseOf(request) }, format, most };
  const address = addressOf(download, request);
  const reply = format.isFile
    ? await fileReply(downloads, asker, { download: download as FileDownload, address, request })
    : await streamReply(downloads, asker, download as StreamDownload, address);
  if (reply.status !== undefined) return reply;
  return described(download, reply);
}

/** The answer to a question in a body. It has no version, because its address does not say what it answers. */
export async function searchDownloadReply(
  { store }: Downloads,
  caller: Caller,
  asked: StreamDownload,
  request: Request,
): Promise<Reply> {
  const download = { ...asked, question: { ...asked.question, exercise: exerciseOf(request) } };
  const asker = await store.permit(caller, download.collection, download.question);
  return described(download, { body: Readable.from(store.read(asker, download), { objectMode: false }) });
}

const described = ({ collection, question, format }: DownloadRequest, reply: Reply): Reply => ({
  ...reply,
  mediaType: format.mediaType,
  headers: {
    'Content-Crs': `<${question.shown.crs.uri}>`,
    'Content-Disposition': `attachment; filename="${nameOf(collection, question)}.${format.extension}"`,
    ...reply.headers,
  },
});

const nameOf = ({ id }: Collection, { exercise }: ItemsQuestion): string =>
  exercise ? `${exercise.id}-${id}` : id;

async function streamReply(
  { store }: Downloads,
  caller: Caller,
  download: StreamDownload,
  address: string,
): Promise<Reply> {
  // the ETag of few rows is a hash of their bytes
  if (download.collection.isSmall) return { body: await buffer(store.read(caller, download)) };
  const version = store.streamVersion(caller, download, keyOf(caller, address));
  return {
    ...(version !== undefined && { headers: { ETag: `W/"${version}"` } }),
    body: Readable.from(store.read(caller, download), { objectMode: false }),
  };
}

/** The selection and its presentation, however the request spells them. */
function addressOf(
  { collection, format }: { collection: Collection; format: DownloadFormat },
  request: Request,
) {
  const { searchParams } = selfUrl(request);
  for (const name of ['f', 'version']) searchParams.delete(name);
  searchParams.sort();
  return `${collection.id} ${format.name} ${searchParams}`;
}
