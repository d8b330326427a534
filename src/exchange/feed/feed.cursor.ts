import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { inQuery, invalidInput } from '../../core/problem.ts';

/** A reader's position in the feed: after this feature of this transaction. */
export interface FeedPosition {
  /** Of the database: transaction numbers restart after a restore. */
  epoch: string;
  xid: string;
  collection: string;
  id: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ROUND_TO = 32; // bytes: the length must not reveal the number of transactions

/** An opaque cursor. Clear text would reveal how many transactions ran, including hidden ones. */
export function sealPosition({ epoch, xid, collection, id }: FeedPosition, secret: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce);
  const text = JSON.stringify([epoch, xid, collection, id]);
  const plain = text.padEnd(Math.ceil(text.length / ROUND_TO) * ROUND_TO);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
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
    const [epoch, xid, collection, id] = JSON.parse(text) as [string, string, string, string];
    return { epoch, xid, collection, id };
  } catch {
    throw invalidInput([inQuery('after', 'feed-cursor-foreign')]);
  }
}
