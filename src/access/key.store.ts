import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { ANONYMOUS, type Caller, type Role } from './caller.ts';

export interface NewKey {
  agency: string;
  roles: readonly Role[];
  expiresAt?: Date | undefined;
}

// Keys hold 256 random bits, so that a plain hash of them cannot be turned back.
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

export const keyStore = (db: Database) => ({
  /** Whom a valid key acts for. */
  async findCaller(key: string): Promise<Caller | undefined> {
    const [caller] = await db.query<Caller>(
      ANONYMOUS,
      sql`SELECT "keyId", agency, country, roles FROM caller_of_key(${hashOf(key)})`,
    );
    return caller;
  },
});
export type KeyStore = ReturnType<typeof keyStore>;

/** Makes a key, as the owner of the tables. It is told once and stored nowhere. */
export async function createKey(
  owner: Knex,
  { agency, roles, expiresAt }: NewKey,
): Promise<{ id: string; key: string }> {
  const { rows } = await owner.raw('SELECT 1 FROM base.agency WHERE id = ?', [agency]);
  if (rows.length === 0)
    throw new Error(`There is no agency with id ${agency}. See /v1/agencies for those there are.`);
  const [id, key] = [uuidv7(), `tp_${randomBytes(32).toString('base64url')}`];
  await owner.raw('INSERT INTO base.api_key (id, hash, agency, roles, expires_at) VALUES (?, ?, ?, ?, ?)', [
    id,
    hashOf(key),
    agency,
    [...roles],
    expiresAt ?? null,
  ]);
  return { id, key };
}

export async function listKeys(owner: Knex): Promise<Record<string, unknown>[]> {
  const { rows } = await owner.raw(`
    SELECT k.id, a.country, k.agency, k.roles, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
           k.revoked_at AS "revokedAt"
    FROM base.api_key AS k JOIN base.agency AS a ON a.id = k.agency ORDER BY k.created_at, k.id`);
  return rows;
}

/** false: there is no such key. */
export async function revokeKey(owner: Knex, id: string): Promise<boolean> {
  const { rowCount } = await owner.raw(
    'UPDATE base.api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = ?',
    [id],
  );
  return rowCount === 1;
}
