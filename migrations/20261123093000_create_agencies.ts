import type { Knex } from 'knex';

/** Agencies, the keys that act for them, and their mandates: who answers for what, where, when. */
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

    CREATE TABLE base.mandate (
      id                   text PRIMARY KEY,
      agency               text NOT NULL REFERENCES base.agency,
      function             text NOT NULL,
      rank                 text NOT NULL CHECK (rank IN ('primary', 'supporting', 'disputed')),
      scope_type           text NOT NULL
        CHECK (scope_type IN ('country-border', 'border', 'segment', 'crossing-side', 'zone')),
      scope_id             text NOT NULL,
      valid_from           timestamptz,
      valid_from_precision text,
      valid_to             timestamptz,
      source               text NOT NULL,
      verified             boolean NOT NULL DEFAULT false,
      note                 text,
      revision             int NOT NULL DEFAULT 1,
      updated_at           timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT mandate_period_is_in_order CHECK (valid_to > valid_from)
    );
    COMMENT ON COLUMN base.mandate.scope_id IS 'Country, border, segment, crossing or zone, as scope_type says.';
    COMMENT ON COLUMN base.mandate.valid_to IS 'Exclusive: the period is half-open.';
    CREATE INDEX mandate_scope_idx ON base.mandate (scope_type, scope_id);
    CREATE INDEX mandate_agency_idx ON base.mandate (agency);

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
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    CREATE VIEW tripoint.mandate AS
      SELECT id, agency, function, rank, scope_type, scope_id, valid_from, valid_from_precision, valid_to, source,
             verified, note, revision, updated_at
      FROM base.mandate
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    GRANT SELECT, INSERT, UPDATE ON tripoint.agency, tripoint.mandate TO tripoint_service;

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
    DROP VIEW tripoint.mandate, tripoint.agency;
    DROP TABLE base.api_key, base.mandate, base.agency;
  `);
