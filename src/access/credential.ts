import type { IncomingHttpHeaders } from 'node:http';
import { badRequest, unauthorized } from '../core/problem.ts';

/** The credential of a request: a key of this service, or a token of an OpenID provider. */
export interface Credential {
  kind: 'key' | 'token';
  secret: string;
}

// A token has three dot-separated parts; the last is empty if it is unsigned. Keys have no dots.
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;

export function credentialOf({
  authorization,
  'x-api-key': apiKey,
}: IncomingHttpHeaders): Credential | undefined {
  const fromHeader = authorization ? ofAuthorization(authorization) : undefined;
  const ofKey = typeof apiKey === 'string' && apiKey !== '' ? keyFrom(apiKey) : undefined;
  if (fromHeader && ofKey && fromHeader.secret !== ofKey.secret) throw badRequest('keys-differ');
  return fromHeader ?? ofKey;
}

const keyFrom = (secret: string): Credential => ({ kind: 'key', secret });

/** RFC 6750 bearer, or RFC 7617 basic with any user name and the key as password, for QGIS and GDAL. */
function ofAuthorization(header: string): Credential {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(header) ?? [];
  if (/^bearer$/i.test(scheme))
    return { kind: TOKEN.test(credentials) ? 'token' : 'key', secret: credentials };
  if (/^basic$/i.test(scheme)) {
    const [, ...password] = Buffer.from(credentials, 'base64').toString().split(':');
    return keyFrom(password.join(':') || 'empty');
  }
  throw unauthorized('key-form');
}
