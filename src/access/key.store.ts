import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import { ANONYMOUS, type Caller, type CountryCode, type Role } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { newSecret } from './key.secret.ts';

export interface KeyGrant {
  agency: string;
  roles: readonly Role[];
  name?: string | undefined;
  expiresAt?: Date | undefined;
  isDemo?: boolean;
}

/** The agency, roles and expiry of a key or token. */
export interface Grant {
  caller: Caller;
  expiresAt: Date | null;
}

export const keyStore = (db: Database) => ({
  /** The grant of a valid key, by its fingerprint. */
  async findGrant(fingerprint: string): Promise<Grant | undefined> {
    const [row] = await db.query<Required<Caller> & { expiresAt: Date | null }>(
      ANONYMOUS,
      sql`SELECT "keyId", agency, country, roles, "expiresAt" FROM caller_of_key(${Buffer.from(fingerprint, 'hex')})`,
    );
    if (!row) return undefined;
    const { keyId, agency, country, roles, expiresAt } = row;
    return { caller: { keyId, agency, country, roles }, expiresAt };
  },

  async findCountry(agency: string): Promise<CountryCode | undefined> {
    const statement = sql`SELECT a.country FROM agency AS a WHERE a.id = ${agency}`;
    const [row] = await db.query<{ country: CountryCode }>(ANONYMOUS, statement);
    return row?.country;
  },

  async noteUse(keys: readonly string[]): Promise<void> {
    await db.query(ANONYMOUS, sql`SELECT note_key_use(${keys}::uuid[])`);
  },
});
export type KeyStore = ReturnType<typeof keyStore>;

/** Creates a key, as the owner of the tables. */
export async function createKey(
  owner: Knex,
  { agency, roles, name, expiresAt, isDemo = false }: KeyGrant,
): Promise<{ id: string; key: string }> {
  const id = uuidv7();
  const { key, hash } = newSecret();
  const { rowCount } = await owner.raw(
    `INSERT INTO base.api_key (id, hash, agency, country, roles, name, expires_at, is_demo)
     SELECT ?::uuid, ?::bytea, a.id, a.country, ?::text[], ?::text, ?::timestamptz, ?::boolean
     FROM base.agency AS a WHERE a.id = ?`,
    [id, hash, [...roles], name ?? null, expiresAt ?? null, isDemo, agency],
  );
  if (rowCount === 0)
    throw new Error(`There is no agency with id ${agency}. /v1/agencies lists the agencies.`);
  return { id, key };
}

export async function listKeys(owner: Knex): Promise<Record<string, unknown>[]> {
  const { rows } = await owner.raw(`
    SELECT k.id, k.country, k.agency, k.roles, k.name, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
           k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt"
    FROM base.api_key AS k ORDER BY k.created_at, k.id`);
  return rows;
}

/** false: no such key. */
export async function revokeKey(owner: Knex, id: string): Promise<boolean> {
  const { rowCount } = await owner.raw(
    'UPDATE base.api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = ?',
    [id],
  );
  return rowCount === 1;
}
