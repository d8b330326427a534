import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type Identity, identifyBy } from './identify.ts';
import { keyStore } from './key.store.ts';
import { leaseFrom } from './rate.lease.store.ts';
import { limitRates, type RateLimiter, type RateLimits } from './rate.limit.ts';
import { type TokenSettings, tokenVerifier } from './token.verifier.ts';

export interface AccessSettings {
  /** Default: only keys, no tokens. */
  oidc?: TokenSettings | undefined;
  /** Default: none. */
  rateLimits?: RateLimits;
  /** Whether other processes serve the same database: rate limits then hold for all together. Default: false. */
  isShared?: boolean;
}

export interface Access extends Identity {
  limit: RateLimiter['limit'];
  limitProbe: RateLimiter['limitProbe'];
}

/** Authentication and rate limits. */
export function accessTo(
  db: Database,
  { oidc, rateLimits = { perKey: 0, perAddress: 0 }, isShared = false }: AccessSettings,
  logger: Pick<Logger, 'info' | 'warn'>,
): Access {
  const { limit, limitProbe, guesses } = limitRates(rateLimits, isShared ? leaseFrom(db) : undefined);
  const keys = keyStore(db);
  const tokens = oidc && tokenVerifier(oidc, { findCountry: keys.findCountry, logger });
  return { ...identifyBy({ keys, tokens, guesses }), limit, limitProbe };
}
