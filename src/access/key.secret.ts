import { hash as digest, randomBytes } from 'node:crypto';

const PREFIX = 'tp_'; // lets scanners for secrets find a key that was published by mistake

/** A key is told once and stored nowhere; only its hash is. */
export function newSecret(): { key: string; hash: Buffer } {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashOf(key) };
}

/**
 * SHA-256 as hexadecimal digits. Keys hold 256 random bits, so that a plain hash of them cannot be turned back. Only
 * hashes are ever compared, in the index of the database and in memory: how long that takes tells how far two hashes
 * agree, and nobody can choose the hash of a guess, so that the time says nothing about a valid key. No comparison has
 * to take constant time.
 */
export const fingerprintOf = (secret: string): string => digest('sha256', secret, 'hex');

export const hashOf = (secret: string): Buffer => Buffer.from(fingerprintOf(secret), 'hex');
