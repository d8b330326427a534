import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { NIL } from 'uuid';
import { z } from 'zod';
import { inQuery, invalidInput } from '../../core/problem.ts';

/** A reader's position in the feed: after this row. An empty feed has a birth in place of a row. */
export interface FeedPosition {
  xid: string;
  collection: string;
  id: string;
  /** Random: tells the row from another one with the same key, written after a restore. */
  nonce: string;
}

const Key = z.tuple([z.string().regex(/^\d{1,20}$/), z.string(), z.string(), z.guid()]);
export type FeedKey = z.output<typeof Key>;

// an earlier version sealed something else: no row has this nonce
const OF_EARLIER_VERSION: FeedKey = ['0', '', '', NIL];

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ROUND_TO = 128; // bytes: one length for all, which tells nothing about the newest row

export const positionOf = ([xid, collection, id, nonce]: FeedKey): FeedPosition => ({
  xid,
  collection,
  id,
  nonce,
});

/** An opaque cursor. Clear text would reveal how many transactions ran, including hidden ones. */
export function sealPosition({ xid, collection, id, nonce }: FeedPosition, secret: Buffer): string {
  const iv = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, iv);
  const text = JSON.stringify([xid, collection, id, nonce] satisfies FeedKey);
  const plain = text.padEnd(Math.ceil(text.length / ROUND_TO) * ROUND_TO);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Throws 400 for a malformed cursor. */
export function openPosition(cursor: string, secret: Buffer): FeedPosition {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    const decipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const sealed = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString();
    return positionOf(Key.safeParse(JSON.parse(text)).data ?? OF_EARLIER_VERSION);
  } catch {
    throw invalidInput([inQuery('after', 'feed-cursor-foreign')]);
  }
}
