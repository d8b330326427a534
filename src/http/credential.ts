import type { Request } from 'express';
import { badRequest, unauthorized } from '../core/problem.ts';
import { cookieIn } from './session.cookie.ts';

/** A key of this service, a token of an OpenID provider, or the session of a browser. */
export interface Credential {
  kind: 'key' | 'token' | 'session';
  secret: string;
}

/** What a request shows: programs send a key or token in a header, browsers the cookie of a session. */
export interface Credentials {
  header: Credential | undefined;
  session: Credential | undefined;
}

/** Everything that the answer can depend on (Vary), for whoever asks. */
export const CREDENTIAL_HEADERS = 'Authorization, X-API-Key, Cookie';

/** Whether a request shows anything, valid or not: then its answer is private. Cookies of other services do not count. */
export const hasCredential = (req: Request): boolean =>
  req.headers.authorization !== undefined || req.headers['x-api-key'] !== undefined || hasSession(req);

export const hasSession = (req: Request): boolean => cookieIn(req) !== undefined;

/** Whether the browser adds the credential by itself, whichever page sends the request. */
export const isAmbient = (req: Request): boolean =>
  req.headers.cookie !== undefined || /^basic\b/i.test(req.headers.authorization ?? '');

export function credentialsOf(req: Request): Credentials {
  const { authorization, 'x-api-key': apiKey } = req.headers;
  const fromHeader = authorization ? ofAuthorization(authorization) : undefined;
  const ofKey = typeof apiKey === 'string' && apiKey !== '' ? keyFrom(apiKey) : undefined;
  if (fromHeader && ofKey && fromHeader.secret !== ofKey.secret) throw badRequest('keys-differ');
  const secret = cookieIn(req);
  return {
    header: fromHeader ?? ofKey,
    session: secret === undefined ? undefined : { kind: 'session', secret },
  };
}

// A token has three dot-separated parts; the last is empty if it is unsigned. Keys have no dots.
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** A key or a token, whichever the secret looks like. */
export const credentialFrom = (secret: string): Credential => ({
  kind: TOKEN.test(secret) ? 'token' : 'key',
  secret,
});

const keyFrom = (secret: string): Credential => ({ kind: 'key', secret });

/** RFC 6750 bearer, or RFC 7617 basic with any user name and the key as password, for QGIS and GDAL. */
function ofAuthorization(header: string): Credential {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(header) ?? [];
  if (/^bearer$/i.test(scheme)) return credentialFrom(credentials);
  if (/^basic$/i.test(scheme)) {
    const [, ...password] = Buffer.from(credentials, 'base64').toString().split(':');
    return keyFrom(password.join(':') || 'empty');
  }
  throw unauthorized('key-form');
}
