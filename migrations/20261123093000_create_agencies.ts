import type { Knex } from 'knex';

/** Agencies, and the keys that act for them. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.agency (
      id               text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      country          text NOT NULL REFERENCES base.country,
      names            jsonb NOT NULL,
      acronym          text,
      ministry         text,
      type             text NOT NULL,
      contact          jsonb,
      verified         boolean NOT NULL DEFAULT false,
      unverified_items text[] NOT NULL DEFAULT '{}',
      source           text NOT NULL,
      note             text,
      revision         int NOT NULL DEFAULT 1,
      updated_at       timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON COLUMN base.agency.contact IS 'A duty desk, never a person.';

    CREATE TABLE base.api_key (
      id         uuid PRIMARY KEY,
      hash       bytea NOT NULL UNIQUE,
      agency     text NOT NULL REFERENCES base.agency,
      roles      text[] NOT NULL CHECK (cardinality(roles) > 0),
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      revoked_at timestamptz
    );
    COMMENT ON COLUMN base.api_key.hash IS 'SHA-256 of the key; the key itself is random and stored nowhere.';

    CREATE VIEW tripoint.agency AS
      SELECT id, country, names, acronym, ministry, type, contact, verified, unverified_items, source, note,
             revision, updated_at
      FROM base.agency
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0
      WITH LOCAL CHECK OPTION;
    GRANT SELECT, INSERT, UPDATE ON tripoint.agency TO tripoint_service;

    CREATE FUNCTION tripoint.caller_of_key(key_hash bytea)
    RETURNS TABLE ("keyId" uuid, agency text, country text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
      SELECT k.id, a.id, a.country, k.roles
      FROM base.api_key AS k JOIN base.agency AS a ON a.id = k.agency
      WHERE k.hash = key_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    $$;
    REVOKE EXECUTE ON FUNCTION tripoint.caller_of_key FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.caller_of_key TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.caller_of_key(bytea);
    DROP VIEW tripoint.agency;
    DROP TABLE base.api_key, base.agency;
  `);
