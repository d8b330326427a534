import { isNativeError } from 'node:util/types';
import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import type { ProblemSpec } from '../core/problem.ts';
import { type JsonBreak, jsonBreak } from './json.position.ts';

/** The members that body-parser, raw-body, zlib and the router add to their errors. */
interface ForeignError {
  status?: number;
  type?: string;
  code?: string;
  name: string;
  message: string;
  body?: unknown;
  limit?: number;
}

/** Translates library errors that are the request's fault; undefined for others. */
export function foreignProblem(error: unknown): ProblemSpec | undefined {
  if (!isNativeError(error)) return undefined;
  const { status, type, code, message: reason, body, limit, name } = error as ForeignError;
  if (status === undefined || status < 400 || status > 499) return undefined;
  const invalid = { status: 400, slug: 'invalid-request' } as const;
  if (type === 'entity.too.large') return bodyTooLarge(limit ?? 0);
  if (type === 'entity.parse.failed')
    return { status: 400, slug: 'invalid-json', says: bodyFault(jsonBreak(String(body ?? ''), reason)) };
  if (status === 415)
    return { status, slug: 'unsupported-media-type', says: message('body-encoding', { reason }) };
  if (name === 'URIError') return { ...invalid, says: message('path-encoding', { reason }) };
  if (code?.startsWith('Z_') || code?.startsWith('ERR_'))
    return { ...invalid, says: message('body-broken', { reason }) };
  return { ...invalid, status, says: message('request-refused', { reason }) };
}

const bodyFault = ({ reason, ...place }: JsonBreak): Message =>
  'line' in place ? message('body-breaks-off', { ...place, reason }) : message('body-not-json', { reason });

export const bodyTooLarge = (bytes: number): ProblemSpec => ({
  status: 413,
  slug: 'body-too-large',
  says: message('body-too-large', { bytes }),
  extra: { limitBytes: bytes },
});

const DISCONNECTS = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** True for stream errors after a client disconnect. */
export const isDisconnect = (error: unknown): boolean =>
  isNativeError(error) && DISCONNECTS.has((error as ForeignError).code ?? '');
