import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { ANONYMOUS, type Caller } from '../core/caller.ts';
import { unauthorized } from '../core/problem.ts';
import { ALONE, type Siblings } from '../core/siblings.ts';
import { type Credential, credentialOf } from './credential.ts';
import { fingerprintOf } from './key.secret.ts';
import type { Grant, KeyStore } from './key.store.ts';
import { keyUse } from './key.use.ts';
import { addressOf } from './rate.limit.ts';

// Cache time of a valid key, after which revocations by other processes take effect.
const BELIEVED_MS = 5_000;
// How long a formerly valid key is not counted as a guess.
const REMEMBERED_MS = 3_600_000;
const MOST_REMEMBERED = 10_000;
const LONGEST_KEY = 200;
const LONGEST_TOKEN = 8_000;

export interface Evidence {
  keys: KeyStore;
  /** The grant of a token, undefined if it is invalid. Absent: tokens are not accepted. */
  tokens?: ((token: string) => Promise<Grant | undefined>) | undefined;
  /** Limits addresses that send many invalid keys. */
  guesses?: { refuseMany(req: Request): Promise<void>; count(req: Request): Promise<void> } | undefined;
}

export interface Identity {
  /** The caller of a request: anonymous without a key or token, 401 for an invalid one. */
  identify(req: Request): Promise<Caller>;
  /** Evicts one key, or all keys, from the caches of this process and its siblings. */
  forget(keyId?: string): Promise<void>;
  /** Calls the listener after each eviction in this process. */
  onForget(listener: () => void): void;
}

interface KnownCaller {
  caller: Caller;
  believedUntil: number;
}

const FORGET = 'forget-key';

export function identifyBy(evidence: Evidence, siblings: Siblings = ALONE): Identity {
  const remembered = new LRUCache<string, KnownCaller>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  const noteUse = keyUse(evidence.keys.noteUse);
  const listeners: (() => void)[] = [];
  let forgotten = 0;

  async function identify(req: Request): Promise<Caller> {
    const credential = credentialOf(req.headers);
    if (!credential) return { ...ANONYMOUS, lane: 'strangers', share: addressOf(req) };
    const fingerprint = fingerprintOf(credential.secret);
    const known = remembered.get(fingerprint);
    if (known && known.believedUntil > Date.now()) return known.caller;
    if (!known) await evidence.guesses?.refuseMany(req);
    const before = forgotten;
    const grant = await findGrant(evidence, credential, fingerprint);
    if (!grant) {
      remembered.delete(fingerprint);
      await evidence.guesses?.count(req);
      throw unauthorized('key-invalid');
    }
    const found = rememberedOf(grant);
    // a key revoked during the lookup must not be cached
    if (forgotten === before) remembered.set(fingerprint, found);
    if (found.caller.keyId) noteUse(found.caller.keyId);
    return found.caller;
  }

  function forgetHere(keyId?: string): void {
    forgotten += 1;
    for (const [fingerprint, { caller }] of remembered.entries())
      if (keyId === undefined || caller.keyId === keyId) remembered.delete(fingerprint);
    for (const listener of listeners) listener();
  }

  siblings.answer(FORGET, ({ keyId }: { keyId?: string }) => forgetHere(keyId));
  async function forget(keyId?: string): Promise<void> {
    forgetHere(keyId);
    await siblings.ask(FORGET, { keyId });
  }

  return { identify, forget, onForget: (listener) => void listeners.push(listener) };
}

async function findGrant({ keys, tokens }: Evidence, { kind, secret }: Credential, fingerprint: string) {
  if (kind === 'token') return secret.length <= LONGEST_TOKEN ? tokens?.(secret) : undefined;
  return secret.length <= LONGEST_KEY ? keys.findGrant(fingerprint) : undefined;
}

const rememberedOf = ({ caller, expiresAt }: Grant): KnownCaller => ({
  caller: { ...caller, ...(expiresAt && { expiresAt }) },
  believedUntil: Math.min(Date.now() + BELIEVED_MS, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY),
});
