import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { isPassedOn } from './passed.on.ts';

declare global {
  namespace Express {
    interface Request {
      id: string;
      log: Logger;
    }
  }
}

// A key of this service, or a token (three parts, the first begins like this).
const SECRET = /tp_[\w-]{16,}|eyJ[\w-]{8,}[\w.-]*/;
// Or any long word: longer than every id, so it also masks partial secrets and cursors.
const LIKE_SECRETS = new RegExp(`${SECRET.source}|[\\w+-]{40,}`, 'g');

// The answer of an OpenID provider (RFC 6749 §4.1.2), however short its codes are.
const OF_SIGN_IN = /([?&](?:code|state|session_state)=)[^&]*/g;

const SANE_ID = /^[\w.:-]{1,64}$/;

/** One line per request, when its answer is over. Headers are not logged, because they contain keys. */
export const requestLogging =
  (logger: Logger): RequestHandler =>
  (req, res, next) => {
    const startedMs = Date.now();
    req.id = requestId(req, res);
    req.log = logger;
    if (isPassedOn(req)) return next();
    const tell = () => {
      res.off('finish', tell).off('close', tell);
      // errors that need a person have their own line at level error
      const level = res.statusCode >= 500 ? 'warn' : 'info';
      if (!logger.isLevelEnabled(level)) return;
      const line = {
        req: described(req),
        res: { statusCode: res.statusCode },
        responseTime: Date.now() - startedMs,
      };
      logger[level](line, level === 'warn' ? 'request failed' : messageOf(res));
    };
    // an aborted answer is closed without being finished
    res.on('finish', tell).on('close', tell);
    next();
  };

/** What a line says of a request. */
export const described = ({ id, method, originalUrl }: Request) => ({
  id,
  method,
  url: maskSecrets(originalUrl),
});

const messageOf = ({ writableFinished }: Response): string =>
  writableFinished ? 'request completed' : 'request aborted';

function requestId(req: Request, res: Response): string {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && SANE_ID.test(given) && !holdsSecret(given) ? given : randomUUID();
  res.setHeader('X-Request-Id', id);
  return id;
}

/** Keys and tokens belong in headers, which are not logged, but some callers also put them into the URL. */
const maskSecrets = (text: string): string =>
  text.replace(LIKE_SECRETS, '[hidden]').replace(OF_SIGN_IN, '$1[hidden]');

const holdsSecret = (text: string): boolean => SECRET.test(text);
