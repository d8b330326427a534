import { Readable } from 'node:stream';
import type { Request } from 'express';
import type { Caller } from '../../access/caller.ts';
import { selfUrl } from '../../http/paging.ts';
import type { Reply } from '../../http/reply.ts';
import type { Collection } from '../collection.sql.ts';
import type { ItemsQuestion } from '../items.query.ts';
import type { DownloadFormat } from './download.format.sql.ts';
import type { DownloadStore } from './download.store.ts';

interface Asked {
  collection: Collection;
  question: ItemsQuestion;
  format: DownloadFormat;
}

/** All that was asked for as a stream, or as many features as `limit` says where it is given. */
export async function downloadReply(
  downloads: DownloadStore,
  caller: Caller,
  { collection, question, format }: Asked,
  request: Request,
): Promise<Reply> {
  const most = selfUrl(request).searchParams.has('limit') ? question.limit : undefined;
  await downloads.requireAnchor(caller, collection, question);
  const pieces = downloads.read(caller, { collection, question, format, most });
  return {
    mediaType: format.mediaType,
    headers: {
      'Content-Crs': `<${question.shown.crs.uri}>`,
      'Content-Disposition': `attachment; filename="${collection.id}.${format.extension}"`,
    },
    body: Readable.from(pieces, { objectMode: false }),
  };
}
