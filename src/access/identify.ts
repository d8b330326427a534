import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { badRequest, unauthorized } from '../http/problem.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import type { KeyStore } from './key.store.ts';

// How long a revoked key may still be taken for valid.
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 10_000;
const LONGEST_KEY = 200;

/** Who shows the key of a request: nobody known without one, 401 for one that is not valid. */
export function identifyBy(keys: KeyStore): (request: { headers: IncomingHttpHeaders }) => Promise<Caller> {
  const remembered = new LRUCache<string, Caller>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  return async ({ headers }) => {
    const key = keyOf(headers);
    if (key === undefined) return ANONYMOUS;
    const known = remembered.get(key);
    if (known) return known;
    const caller = key.length <= LONGEST_KEY ? await keys.findCaller(key) : undefined;
    if (!caller) throw unauthorized('This key is not valid: it is unknown, has expired or was revoked.');
    remembered.set(key, caller);
    return caller;
  };
}

function keyOf({ authorization, 'x-api-key': apiKey }: IncomingHttpHeaders): string | undefined {
  const keys = [authorization && ofAuthorization(authorization), apiKey].filter(
    (key) => key !== undefined && key !== '',
  );
  if (new Set(keys).size > 1) throw badRequest('Two different keys are shown. Show one.');
  return keys[0] as string | undefined;
}

/** RFC 6750 bearer, or RFC 7617 basic with any user name and the key as password: QGIS and GDAL can do that. */
function ofAuthorization(header: string): string {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(header) ?? [];
  if (/^bearer$/i.test(scheme)) return credentials;
  if (/^basic$/i.test(scheme)) {
    const [, ...password] = Buffer.from(credentials, 'base64').toString().split(':');
    return password.join(':') || 'empty';
  }
  throw unauthorized(
    'Show the key as Authorization: Bearer <key>, as X-API-Key, or as the password of HTTP Basic.',
  );
}
