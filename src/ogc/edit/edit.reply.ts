import type { Request } from 'express';
import { tagOf } from '../../core/precondition.ts';
import type { Reply } from '../../http/reply.ts';
import { urlOf } from '../collection/links.ts';
import type { WrittenFeature } from './editor.ts';

export const createdReply = (request: Request, path: string, { id, version }: WrittenFeature): Reply => ({
  status: 201,
  headers: { Location: urlOf(request, `${path}/${encodeURIComponent(id)}`), ETag: tagOf(version) },
});

export const changedReply = ({ version }: WrittenFeature): Reply => ({
  status: 204,
  headers: { ETag: tagOf(version) },
});
