import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { ANONYMOUS, type Caller } from '../core/caller.ts';
import { badRequest, sessionEnded, unauthorized } from '../core/problem.ts';
import { ALONE, type Siblings } from '../core/siblings.ts';
import { type Credential, credentialsOf } from '../http/credential.ts';
import { clearCookie } from '../http/session.cookie.ts';
import { fingerprintOf } from './key.secret.ts';
import type { Grant, KeyStore } from './key.store.ts';
import { keyUse } from './key.use.ts';
import { addressOf } from './rate.limit.ts';
import type { SessionStore } from './session.store.ts';

// Cache time of a valid key or session, after which revocations by other processes take effect.
const BELIEVED_MS = 5_000;
// How long a formerly valid key is not counted as a guess.
const REMEMBERED_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;
const LONGEST_KEY = 200;
const LONGEST_TOKEN = 8_000;

export interface Evidence {
  keys: Pick<KeyStore, 'findGrant' | 'noteUse'>;
  sessions: Pick<SessionStore, 'findGrant' | 'noteUse'>;
  /** The grant of a token, undefined if it is invalid. Absent: tokens are not accepted. */
  tokens?: ((token: string) => Promise<Grant | undefined>) | undefined;
  /** Limits addresses that send many invalid keys. */
  guesses?: { refuseMany(req: Request): Promise<void>; count(req: Request): Promise<void> } | undefined;
}

export interface Identity {
  /** The caller of a request: anonymous without key, token and session, 401 for an invalid one. */
  identify(req: Request): Promise<Caller>;
  /** The grant of a key or token that somebody types; 401 for an invalid one. */
  vouchFor(credential: Credential, req: Request): Promise<Grant>;
  /** Who the cookie of a request acts for; undefined without a cookie, and once its session has ended. */
  findSession(req: Request): Promise<Caller | undefined>;
  /** Evicts one key with its sessions, one session, or everything from the caches of this process and its siblings. */
  forget(ended?: Ended): Promise<void>;
  /** Calls the listener after each eviction in this process. */
  onForget(listener: () => void): void;
}

/** What ended. */
export interface Ended {
  keyId?: string | undefined;
  sessionId?: string | undefined;
}

interface KnownCaller {
  caller: Caller;
  believedUntil: number;
}

const FORGET = 'forget-key';

export function identifyBy(evidence: Evidence, siblings: Siblings = ALONE): Identity {
  const remembered = new LRUCache<string, KnownCaller>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  const noteKey = keyUse(evidence.keys.noteUse);
  const noteSession = keyUse(evidence.sessions.noteUse);
  const listeners: (() => void)[] = [];
  let forgotten = 0;

  async function identify(req: Request): Promise<Caller> {
    const { header, session } = credentialsOf(req);
    if (!header && !session) return { ...ANONYMOUS, lane: 'strangers', share: addressOf(req) };
    const shown = header && (await find(header, req));
    if (header && !shown) throw unauthorized('key-invalid');
    const browser = session && (await find(session, req));
    if (shown && browser && !isSame(shown, browser)) throw badRequest('session-differs');
    if (shown) return shown;
    if (browser) return browser;
    // the next request is one of nobody, and not of somebody who thinks to be signed in
    clearCookie(req, 'session');
    throw sessionEnded();
  }

  /** undefined: invalid, which counts as a guess. */
  async function find(credential: Credential, req: Request): Promise<Caller | undefined> {
    const fingerprint = fingerprintOf(credential.secret);
    // the secret of a session is no key, and a key is no session
    const name = `${credential.kind} ${fingerprint}`;
    const known = remembered.get(name);
    if (known && known.believedUntil > Date.now()) return known.caller;
    if (!known) await evidence.guesses?.refuseMany(req);
    const before = forgotten;
    const grant = await findGrant(evidence, credential, fingerprint);
    if (!grant) {
      remembered.delete(name);
      await evidence.guesses?.count(req);
      return undefined;
    }
    const found = rememberedOf(grant);
    // what was revoked during the lookup must not be cached
    if (forgotten === before) remembered.set(name, found);
    return noted(found.caller);
  }

  function noted(caller: Caller): Caller {
    if (caller.keyId) noteKey(caller.keyId);
    if (caller.sessionId) noteSession(caller.sessionId);
    return caller;
  }

  async function vouchFor(credential: Credential, req: Request): Promise<Grant> {
    const caller = await find(credential, req);
    if (!caller) throw unauthorized('key-invalid');
    return { caller, expiresAt: caller.expiresAt ?? null };
  }

  async function findSession(req: Request): Promise<Caller | undefined> {
    const { session } = credentialsOf(req);
    return session && find(session, req);
  }

  function forgetHere({ keyId, sessionId }: Ended): void {
    forgotten += 1;
    const isAll = keyId === undefined && sessionId === undefined;
    for (const [name, { caller }] of remembered.entries())
      if (isAll || (keyId && caller.keyId === keyId) || (sessionId && caller.sessionId === sessionId))
        remembered.delete(name);
    for (const listener of listeners) listener();
  }

  siblings.answer(FORGET, forgetHere);
  async function forget(ended: Ended = {}): Promise<void> {
    forgetHere(ended);
    await siblings.ask(FORGET, ended);
  }

  return {
    identify,
    vouchFor,
    findSession,
    forget,
    onForget: (listener) => void listeners.push(listener),
  };
}

const isSame = (one: Caller, other: Caller): boolean =>
  one.keyId !== undefined
    ? one.keyId === other.keyId
    : one.subject === other.subject && one.agency === other.agency && `${one.roles}` === `${other.roles}`;

async function findGrant(
  { keys, tokens, sessions }: Evidence,
  { kind, secret }: Credential,
  fingerprint: string,
) {
  if (kind === 'token') return secret.length <= LONGEST_TOKEN ? tokens?.(secret) : undefined;
  if (secret.length > LONGEST_KEY) return undefined;
  return (kind === 'key' ? keys : sessions).findGrant(fingerprint);
}

const rememberedOf = ({ caller, expiresAt }: Grant): KnownCaller => ({
  caller: { ...caller, ...(expiresAt && { expiresAt }) },
  believedUntil: Math.min(Date.now() + BELIEVED_MS, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY),
});
