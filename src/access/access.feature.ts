import type { Logger } from 'pino';
import { ALONE, type Siblings } from '../core/siblings.ts';
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
  /** Default: none. */
  siblings?: Siblings | undefined;
}

export interface Access extends Identity {
  limit: RateLimiter['limit'];
  limitProbe: RateLimiter['limitProbe'];
}

/** Authentication and rate limits. */
export function accessTo(
  db: Database,
  { oidc, rateLimits = { perKey: 0, perAddress: 0 }, isShared = false, siblings = ALONE }: AccessSettings,
  logger: Pick<Logger, 'info' | 'warn'>,
): Access {
  const { limit, limitProbe, guesses } = limitRates(rateLimits, {
    lease: isShared ? leaseFrom(db) : undefined,
    processes: siblings.count,
  });
  const keys = keyStore(db);
  const tokens = oidc && tokenVerifier(oidc, { findCountry: keys.findCountry, logger });
  return { ...identifyBy({ keys, tokens, guesses }, siblings), limit, limitProbe };
}
