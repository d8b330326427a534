import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

// A key of this service, or a token (three parts, the first begins like this).
const SECRET = /tp_[\w-]{16,}|eyJ[\w-]{8,}[\w.-]*/;
// Or any long word: longer than every id, so it also masks partial secrets and cursors.
const LIKE_SECRETS = new RegExp(`${SECRET.source}|[\\w+-]{40,}`, 'g');

const SANE_ID = /^[\w.:-]{1,64}$/;

/** One line per request. Headers are not logged, because they contain keys. */
export const requestLogging = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    genReqId: requestId,
    wrapSerializers: false,
    serializers: {
      req: ({ id, method, url }) => ({ id, method, url: maskSecrets(url) }),
      res: ({ statusCode }) => ({ statusCode }),
    },
    // errors that need a person have their own line at level error
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'info'),
    customErrorMessage: () => 'request failed',
    customErrorObject: (_req, res, _error, { responseTime }) => ({ res, responseTime }),
  });

function requestId(req: IncomingMessage, res: ServerResponse): string {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && SANE_ID.test(given) && !holdsSecret(given) ? given : randomUUID();
  res.setHeader('X-Request-Id', id);
  return id;
}

/** Keys and tokens belong in headers, which are not logged, but some callers also put them into the URL. */
const maskSecrets = (text: string): string => text.replace(LIKE_SECRETS, '[hidden]');

const holdsSecret = (text: string): boolean => SECRET.test(text);
