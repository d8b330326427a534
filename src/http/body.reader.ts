import express, { type Request, type RequestHandler, type Response } from 'express';
import { message } from '../core/catalogue.ts';
import { badRequest, Problem } from '../core/problem.ts';
import { JSON_MEDIA_TYPES, type Operation } from './operation.ts';
import { bodyTooLarge } from './problem.foreign.ts';

export const BODY_LIMIT_BYTES = 1_048_576;

const parseJson = express.json({ limit: BODY_LIMIT_BYTES, strict: false, type: () => true });
/** Of a form. Few operations take one, because the pages of other sites can send it, too. */
export const FORM = 'application/x-www-form-urlencoded';
const parseForm = express.urlencoded({ limit: BODY_LIMIT_BYTES, extended: false, type: () => true });

/** The accepted media types of an operation's body. */
export const mediaTypesOf = ({ streams, bodyMediaTypes }: Operation): readonly string[] =>
  streams ? Object.keys(streams) : (bodyMediaTypes ?? JSON_MEDIA_TYPES);

/** Refuses a body of an unsupported media type. */
export function requireMediaType(op: Operation, req: Request): void {
  const accepted = mediaTypesOf(op);
  const header = req.headers['content-type'];
  // OGC API – Features Part 4: a body without a Content-Type is a bad request
  if (header === undefined) throw badRequest('content-type-missing', { accepted });
  const given = mediaTypeOf(header);
  if (accepted.includes(given)) return;
  throw new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    says: message('content-type-wrong', { given, accepted }),
    headers: { Accept: accepted.join(', ') },
  });
}

export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

export const missingBody = (): Problem => badRequest('body-missing');

const mediaTypeOf = (header: string): string => header.split(';', 1)[0]!.trim().toLowerCase();

export const isForm = ({ headers }: Request): boolean => mediaTypeOf(headers['content-type'] ?? '') === FORM;

/** Reads JSON or a form within the limits of size and time, without waiting for the rest of a longer body. */
export async function readBody(req: Request, res: Response, timeoutMs: number): Promise<unknown> {
  if (Number(req.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) throw tooLarge();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(tooSlow(timeoutMs)), timeoutMs);
      // body-parser would wait for the rest of a body that is too long
      let received = 0;
      req.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > BODY_LIMIT_BYTES) reject(tooLarge());
      });
      const parse = isForm(req) ? parseForm : parseJson;
      parse(req, res, (error?: unknown) => (error ? reject(error) : resolve(req.body)));
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Drains the rest of an unread body after the answer: otherwise the next request of the connection, possibly of another
 * client behind a balancer, would wait. Disconnects a client that keeps sending long after its answer.
 */
export const limitUnreadBody =
  (graceMs: number): RequestHandler =>
  (req, res, next) => {
    if (hasBody(req)) {
      res.once('finish', () => {
        if (req.complete) return;
        req.unpipe();
        req.resume();
        setTimeout(() => req.complete || req.socket.destroy(), graceMs).unref();
      });
    }
    next();
  };

const tooLarge = () => new Problem(bodyTooLarge(BODY_LIMIT_BYTES));

const tooSlow = (timeoutMs: number) =>
  new Problem({
    status: 408,
    slug: 'body-too-slow',
    says: message('body-too-slow', { seconds: timeoutMs / 1000 }),
    headers: { Connection: 'close' },
  });
