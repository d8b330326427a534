import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { message, problemTypeOf, type Slug, textOf } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';

interface Breach {
  status: number;
  slug: Slug;
  says: Message;
}

/** Bytes of request line and headers together: enough for an area in the query. */
export const MAX_HEAD_BYTES = 131_072;

const BREACHES: Record<string, Breach> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    slug: 'head-too-large',
    says: message('head-too-large', { bytes: MAX_HEAD_BYTES }),
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, slug: 'body-too-slow', says: message('head-too-slow') },
};

const NOT_HTTP: Breach = { status: 400, slug: 'invalid-request', says: message('not-http') };

/** Answers malformed requests, which never reach the application. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy();
    return;
  }
  const { status, slug, says } = BREACHES[error.code ?? ''] ?? NOT_HTTP;
  const requestId = randomUUID();
  const { title } = problemTypeOf(slug)!;
  // its path is not known
  const instance = `urn:uuid:${requestId}`;
  const type = `/problems/${slug}`;
  const document = { type, title, status, detail: textOf(says), ...says, instance, requestId };
  const body = JSON.stringify(document);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      'Content-Language: en',
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
