import { v7 as uuidv7 } from 'uuid';
import { newSecret } from '../../access/key.secret.ts';
import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import type { KeyQuery, KeyRotation, NewKey } from './key.schema.ts';

/** JSON of one key, over the alias `r`. */
const keyJson = sql`json_build_object(
  'id', r.id, 'agency', r.agency, 'country', r.country, 'roles', r.roles, 'name', r.name,
  'createdAt', tripoint.utc(r.created_at), 'expiresAt', tripoint.utc(r.expires_at),
  'revokedAt', tripoint.utc(r.revoked_at), 'lastUsedAt', tripoint.utc(r.last_used_at), 'replacedBy', r.replaced_by)`;

const columns = sql`k.id, k.agency, k.country, k.roles, k.name, k.created_at, k.expires_at, k.revoked_at,
  k.last_used_at, k.replaced_by`;

const keys: Layer = {
  columns,
  from: sql`api_key AS k`,
  id: sql`k.id`,
  feature: sql`${keyJson}::text`,
  // UUIDv7: in order of creation
  keys: [{ column: sql`k.id`, type: 'uuid' }],
  key: sql`r.id`,
};

/** A new key with its secret. */
export interface MadeKey {
  id: string;
  text: string;
}

export const apiKeyStore = (db: Database) => {
  async function make(
    caller: Caller,
    insert: (id: string, hash: Buffer) => Sql,
  ): Promise<MadeKey | undefined> {
    const id = uuidv7();
    const { key, hash } = newSecret();
    const [row] = await db.query<{ text: string }>(caller, insert(id, hash));
    return row && { id, text: JSON.stringify({ ...JSON.parse(row.text), key }) };
  }

  return {
    list: (caller: Caller, { agency, ...page }: KeyQuery) =>
      listFeatures(db, caller, keys, all(when(agency, (id) => sql`k.agency = ${id}`)), page),

    find: (caller: Caller, id: string) => findFeature(db, caller, keys, id),

    /** undefined: no such agency in the caller's country. */
    create: (caller: Caller, wanted: NewKey) =>
      make(caller, (id, hash) => createStatement(caller, id, hash, wanted)),

    /** undefined: no such valid key. */
    rotate: (caller: Caller, old: string, rotation: KeyRotation) =>
      make(caller, (id, hash) => rotateStatement(old, id, hash, rotation)),

    /** false: no such key. */
    async revoke(caller: Caller, id: string): Promise<boolean> {
      const rows = await db.query(
        caller,
        writing`UPDATE api_key AS k SET revoked_at = coalesce(k.revoked_at, now()) WHERE k.id = ${id} RETURNING k.id`,
      );
      return rows.length === 1;
    },
  };
};
export type ApiKeyStore = ReturnType<typeof apiKeyStore>;

const createStatement = (
  { country }: Caller,
  id: string,
  hash: Buffer,
  { agency, roles, name, expiresAt }: NewKey,
): Sql => writing`
  WITH made AS (
    INSERT INTO api_key AS k (id, hash, agency, country, roles, name, expires_at)
    SELECT ${id}::uuid, ${hash}::bytea, a.id, a.country, ${roles}::text[], ${name}::text, ${expiresAt}::timestamptz
    FROM agency AS a WHERE a.id = ${agency} AND a.country = ${country}
    RETURNING ${columns}
  )
  SELECT ${keyJson}::text AS text FROM made AS r`;

// One statement: of two concurrent rotations the second waits for the row and finds it replaced.
const rotateStatement = (
  old: string,
  id: string,
  hash: Buffer,
  { overlapSeconds, expiresAt }: KeyRotation,
): Sql => writing`
  WITH old AS (
    UPDATE api_key AS k
    SET replaced_by = ${id}::uuid, expires_at = least(k.expires_at, now() + make_interval(secs => ${overlapSeconds}))
    FROM (SELECT b.id, b.expires_at - b.created_at AS lifetime FROM api_key AS b WHERE b.id = ${old}) AS b
    WHERE k.id = b.id AND k.replaced_by IS NULL AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now())
    RETURNING k.agency, k.country, k.roles, k.name, k.is_demo, b.lifetime
  ), made AS (
    INSERT INTO api_key AS k (id, hash, agency, country, roles, name, is_demo, expires_at)
    SELECT ${id}::uuid, ${hash}::bytea, o.agency, o.country, o.roles, o.name, o.is_demo,
      coalesce(${expiresAt}::timestamptz, now() + o.lifetime)
    FROM old AS o
    RETURNING ${columns}
  )
  SELECT ${keyJson}::text AS text FROM made AS r`;
