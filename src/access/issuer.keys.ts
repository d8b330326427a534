import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** The issuer does not answer, or answers nonsense: not the token's fault. */
export class IssuerAway extends Error {}

const FETCH_MS = 3_000;
const PAUSE_MS = 2_000; // after a failure, no request waits for the issuer for this long
const CACHE_MS = 600_000;
// A token with an unknown key id triggers a refetch of the keys, but at most this often.
const COOLDOWN_MS = 5_000;

type Fetch = (url: string, options?: RequestInit) => Promise<Response>;

/** The public keys of an OpenID provider: discovered with the first token, cached, and refetched when they change. */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  const ask = patientFetch();
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  return async (header, token) => {
    keys ??= await discover(issuer, ask);
    const current = keys;
    try {
      return await current(header, token);
    } catch (error) {
      // the key URL may have changed
      if (isAway(error) && !current.fresh) keys = undefined;
      throw error;
    }
  };
}

const OF_SETS = ['ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC'];

export const isAway = (error: unknown): boolean =>
  error instanceof IssuerAway || OF_SETS.includes((error as { code?: string }).code ?? '');

/** OpenID Connect Discovery 1.0 §4. */
async function discover(issuer: string, ask: Fetch) {
  const response = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(FETCH_MS),
  });
  const Metadata = z.object({ issuer: z.literal(issuer), jwks_uri: z.url() });
  const { data } = Metadata.safeParse(await response.json().catch(() => undefined));
  if (!data || new URL(data.jwks_uri).protocol !== new URL(issuer).protocol)
    throw new IssuerAway(`what it says of itself is not the metadata of ${issuer}`);
  const options = { timeoutDuration: FETCH_MS, cacheMaxAge: CACHE_MS, cooldownDuration: COOLDOWN_MS };
  return createRemoteJWKSet(new URL(data.jwks_uri), { ...options, [customFetch]: ask });
}

/** Retries an unreachable address only now and then. */
function patientFetch(): Fetch {
  let pausedUntil = 0;
  return async (url, options) => {
    if (Date.now() < pausedUntil) throw new IssuerAway('it did not answer a moment ago');
    try {
      const response = await fetch(url, { ...options, redirect: 'error' });
      if (response.status !== 200) throw new Error(`it answered ${response.status}`);
      return response;
    } catch (cause) {
      pausedUntil = Date.now() + PAUSE_MS;
      throw new IssuerAway((cause as Error).message, { cause });
    }
  };
}
