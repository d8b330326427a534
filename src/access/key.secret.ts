import { hash as digest, randomBytes } from 'node:crypto';

const PREFIX = 'tp_'; // lets secret scanners find a leaked key

/** A key is shown once and never stored; only its hash is. */
export function newSecret(): { key: string; hash: Buffer } {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashOf(key) };
}

/**
 * SHA-256 as hexadecimal digits. Keys have 256 random bits, so a plain hash cannot be reversed. Only hashes are compared,
 * in the database index and in memory: timing reveals how far two hashes agree, but nobody can choose the hash of a
 * guess, so it reveals nothing about a valid key. No comparison needs constant time.
 */
export const fingerprintOf = (secret: string): string => digest('sha256', secret, 'hex');

export const hashOf = (secret: string): Buffer => Buffer.from(fingerprintOf(secret), 'hex');
