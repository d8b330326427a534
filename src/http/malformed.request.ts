import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { titleOf } from '../core/problem.types.ts';

interface Breach {
  status: number;
  slug: string;
  detail: string;
}

/** Bytes of request line and headers together: enough for an area in the query. */
export const MAX_HEAD_BYTES = 131_072;

const BREACHES: Record<string, Breach> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    slug: 'head-too-large',
    detail: `The address and the headers of a request may have at most ${MAX_HEAD_BYTES} bytes together. Ask with a shorter address.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    slug: 'body-too-slow',
    detail: 'The request did not arrive within the time allowed.',
  },
};

const NOT_HTTP: Breach = {
  status: 400,
  slug: 'invalid-request',
  detail: 'What was sent is not a request of HTTP/1.1.',
};

/** Answers malformed requests, which never reach the application. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy();
    return;
  }
  const { status, slug, detail } = BREACHES[error.code ?? ''] ?? NOT_HTTP;
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `/problems/${slug}`, title: titleOf(slug), status, detail, requestId });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      '',
      body,
    ].join('\r\n'),
  );
}

// a problem inside a started answer would be read as a part of it
const hasBegunAnswer = (socket: Duplex & { _httpMessage?: { headersSent: boolean } | null }): boolean =>
  socket._httpMessage?.headersSent ?? false;
