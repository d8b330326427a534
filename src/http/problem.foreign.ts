import { isNativeError } from 'node:util/types';
import type { ProblemSpec } from '../core/problem.types.ts';
import { whereJsonBreaks } from './json.position.ts';

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
  const { status, type, code, message, body, limit, name } = error as ForeignError;
  if (status === undefined || status < 400 || status > 499) return undefined;
  if (type === 'entity.too.large') return bodyTooLarge(limit ?? 0);
  if (type === 'entity.parse.failed')
    return { status: 400, slug: 'invalid-json', detail: whereJsonBreaks(String(body ?? ''), message) };
  if (status === 415)
    return {
      status,
      slug: 'unsupported-media-type',
      detail: `${message}. Send UTF-8, plain, gzip, deflate or br.`,
    };
  if (name === 'URIError')
    return {
      status: 400,
      slug: 'invalid-request',
      detail: `The path is not valid percent-encoding. ${message}.`,
    };
  if (code?.startsWith('Z_') || code?.startsWith('ERR_'))
    return { status: 400, slug: 'invalid-request', detail: `The compressed body is broken: ${message}.` };
  return { status, slug: 'invalid-request', detail: message };
}

export const bodyTooLarge = (limitBytes: number): ProblemSpec => ({
  status: 413,
  slug: 'body-too-large',
  detail: `The body is longer than ${limitBytes} bytes, the most this operation takes.`,
  extra: { limitBytes },
});

const DISCONNECTS = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** True for stream errors after a client disconnect. */
export const isDisconnect = (error: unknown): boolean =>
  isNativeError(error) && DISCONNECTS.has((error as ForeignError).code ?? '');
