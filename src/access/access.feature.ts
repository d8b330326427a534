import type { Logger } from 'pino';
import { ALONE, type Siblings } from '../core/siblings.ts';
import type { Database } from '../db/database.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestAudit } from '../http/request.hooks.ts';
import type { JobSpec } from '../jobs/running.jobs.ts';
import { browserSessions } from './browser.session.ts';
import { type Identity, identifyBy } from './identify.ts';
import { keyStore } from './key.store.ts';
import { openIdOperations } from './openid.routes.ts';
import { type OpenIdClient, openIdSignIn } from './openid.sign-in.ts';
import { leaseFrom } from './rate.lease.store.ts';
import { limitRates, type RateLimiter, type RateLimits } from './rate.limit.ts';
import { sessionPurge } from './session.purge.ts';
import { sessionOperations } from './session.routes.ts';
import { type SessionLimits, sessionStore } from './session.store.ts';
import { type TokenSettings, tokenVerifier } from './token.verifier.ts';

export interface AccessSettings {
  /** Default: only keys, no tokens. */
  oidc?: TokenSettings | undefined;
  /** Signs browsers in with the provider of the tokens. Default: browsers sign in with keys alone. */
  client?: OpenIdClient | undefined;
  sessions?: SessionLimits;
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
  /** What signs browsers in and out, beside the API. */
  sessionOperations(traced?: RequestAudit['traced']): Operation[];
  jobs: JobSpec[];
}

export const SESSION_LIMITS: SessionLimits = { idleSeconds: 1800, lastsSeconds: 43_200 };

/** Authentication and rate limits. */
export function accessTo(
  db: Database,
  {
    oidc,
    client,
    sessions: limits = SESSION_LIMITS,
    rateLimits = { perKey: 0, perAddress: 0 },
    isShared = false,
    siblings = ALONE,
  }: AccessSettings,
  logger: Pick<Logger, 'info' | 'warn'>,
): Access {
  const { limit, limitProbe, guesses } = limitRates(rateLimits, {
    lease: isShared ? leaseFrom(db) : undefined,
    processes: siblings.count,
  });
  const keys = keyStore(db);
  const tokens = oidc && tokenVerifier(oidc, { findCountry: keys.findCountry, logger });
  const sessions = sessionStore(db, limits);
  const identity = identifyBy({ keys, sessions, tokens, guesses }, siblings);
  const openId = oidc && client && openIdSignIn(oidc.issuer, client, logger);
  return {
    ...identity,
    limit,
    limitProbe,
    sessionOperations(traced = (caller) => caller) {
      const browsers = browserSessions({ ...identity, sessions, limits, hasOpenId: Boolean(openId), traced });
      const parts = { ...identity, browsers };
      return [...sessionOperations(parts), ...(openId ? openIdOperations({ ...parts, openId }) : [])];
    },
    jobs: [sessionPurge(sessions)],
  };
}
