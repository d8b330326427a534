import type { Request } from 'express';
import { z } from 'zod';
import { Link } from '../../geometry/feature.schema.ts';
import type { ResponseSpec } from '../../http/operation.ts';
import type { Reply } from '../../http/reply.ts';
import { MEDIA, urlOf } from '../collection/links.ts';
import type { Build } from './download.builds.ts';

const AGAIN_AFTER_SECONDS = 2;
const AGAIN = { 'Retry-After': 'Seconds after which to ask again.' };

const DownloadProgress = z
  .strictObject({
    state: z.literal('running').meta({ description: 'The file is not complete yet.' }),
    features: z.int().min(0).meta({ description: 'Features written so far.' }),
    startedAt: z.iso.datetime().meta({ description: 'Start of the build.' }),
    links: z.array(Link).meta({ description: '`self` tells the progress, then leads to the file.' }),
  })
  .meta({ id: 'DownloadProgress', description: 'A file that is being built.' });

/** A request header that operations with files read. */
export const PREFER = {
  Prefer:
    '`respond-async` (RFC 7240): answer 202 with an address that tells the progress, instead of waiting for a large file; with `wait=10` after at most so many seconds.',
};

export const PROGRESS: ResponseSpec = {
  description: 'The file is being built.',
  schema: DownloadProgress,
  headers: AGAIN,
};

export const ACCEPTED: ResponseSpec = {
  description: 'The file is being built: `Location` tells the progress, then redirects to the file.',
  schema: DownloadProgress,
  headers: {
    ...AGAIN,
    Location: 'The address that tells the progress.',
    'Preference-Applied': 'respond-async',
  },
};

/** 202 with the address of the progress. */
export function acceptedReply(request: Request, build: Build, features: number): Reply {
  const { headers, body } = progressReply(request, build, features);
  return {
    status: 202,
    mediaType: MEDIA.json,
    location: pathOf(build),
    headers: { ...headers, 'Preference-Applied': 'respond-async' },
    body,
  };
}

export function progressReply(request: Request, build: Build, features: number): Reply {
  const href = urlOf(request, pathOf(build));
  const links = [{ href, rel: 'self', type: MEDIA.json, title: 'This document' }];
  return {
    headers: { 'Retry-After': String(AGAIN_AFTER_SECONDS) },
    body: { state: 'running', features, startedAt: build.startedAt.toISOString(), links },
  };
}

const pathOf = ({ collection, id }: Build): string => `/collections/${collection}/downloads/${id}`;
