import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { badRequest } from '../../core/problem.ts';

/** Where in the feed a reader is: behind this feature of this transaction. */
export interface FeedPosition {
  /** Of the database: numbers of transactions start again after a restore. */
  epoch: string;
  xid: string;
  collection: string;
  id: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ROUND_TO = 32; // bytes: the length tells nothing about how many transactions there were

/** An opaque cursor. In the open it would tell how many transactions ran, also those that the reader sees nothing of. */
export function sealPosition({ epoch, xid, collection, id }: FeedPosition, secret: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce);
  const text = JSON.stringify([epoch, xid, collection, id]);
  const plain = text.padEnd(Math.ceil(text.length / ROUND_TO) * ROUND_TO);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Throws 400 for what is not a cursor of this feed. */
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
    throw badRequest(
      'query after: is no cursor of this feed. Ask /v1/changes without `after` for one, then read the layers.',
    );
  }
}
