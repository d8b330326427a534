import type { Knex } from 'knex';

/** Keys that the admins of a country list, make, rotate and revoke: what they need to know, and a view by country. */
export const up = (db: Knex) =>
  db.raw(`
    ALTER TABLE base.agency ADD CONSTRAINT agency_of_country UNIQUE (id, country);
    ALTER TABLE base.api_key
      ADD COLUMN country      text,
      ADD COLUMN name         text,
      ADD COLUMN last_used_at timestamptz,
      ADD COLUMN replaced_by  uuid REFERENCES base.api_key,
      ADD COLUMN is_demo      boolean NOT NULL DEFAULT false;
    UPDATE base.api_key AS k SET country = a.country FROM base.agency AS a WHERE a.id = k.agency;
    ALTER TABLE base.api_key
      ALTER COLUMN country SET NOT NULL,
      ADD CONSTRAINT api_key_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
      ADD CONSTRAINT api_key_roles_are_known
        CHECK (roles <@ ARRAY['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin']);
    COMMENT ON COLUMN base.api_key.country IS 'That of the agency: the view of a country filters by it.';
    COMMENT ON COLUMN base.api_key.name IS 'Of the system that shows the key, never of a person.';
    COMMENT ON COLUMN base.api_key.last_used_at IS 'Exact to a minute.';
    CREATE INDEX api_key_country_idx ON base.api_key (country, id);

    CREATE VIEW tripoint.api_key AS
      SELECT id, hash, agency, country, roles, name, created_at, expires_at, revoked_at, last_used_at, replaced_by, is_demo
      FROM base.api_key
      WHERE (tripoint.country_bits(ARRAY[country]) & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.api_key IS 'The keys of the caller''s country; the hashes can be written, not read.';
    GRANT SELECT (id, agency, country, roles, name, created_at, expires_at, revoked_at, last_used_at, replaced_by, is_demo),
          INSERT (id, hash, agency, country, roles, name, expires_at, is_demo),
          UPDATE (expires_at, revoked_at, replaced_by)
      ON tripoint.api_key TO tripoint_service;

    DROP FUNCTION tripoint.caller_of_key(bytea);
    CREATE FUNCTION tripoint.caller_of_key(key_hash bytea)
    RETURNS TABLE ("keyId" uuid, agency text, country text, roles text[], "expiresAt" timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
      SELECT k.id, k.agency, k.country, k.roles, k.expires_at
      FROM base.api_key AS k
      WHERE k.hash = key_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    $$;
    REVOKE EXECUTE ON FUNCTION tripoint.caller_of_key FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.caller_of_key TO tripoint_service;

    CREATE FUNCTION tripoint.note_key_use(keys uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
      UPDATE base.api_key SET last_used_at = now() WHERE id IN (
        SELECT k.id FROM base.api_key AS k
        WHERE k.id = ANY (keys) AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute')
        FOR NO KEY UPDATE SKIP LOCKED)
    $$;
    COMMENT ON FUNCTION tripoint.note_key_use IS 'Rows that another process is noting too are left to it.';
    REVOKE EXECUTE ON FUNCTION tripoint.note_key_use FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.note_key_use TO tripoint_service;

    CREATE FUNCTION base.end_demo_keys() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      UPDATE base.api_key SET revoked_at = now() WHERE is_demo AND revoked_at IS NULL;
      RETURN NULL;
    END $$;
    COMMENT ON FUNCTION base.end_demo_keys IS 'With the first admin key of its own a database is no demo any more.';
    CREATE TRIGGER end_demo_keys AFTER INSERT ON base.api_key FOR EACH ROW
      WHEN (NOT NEW.is_demo AND 'admin' = ANY (NEW.roles)) EXECUTE FUNCTION base.end_demo_keys();
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP TRIGGER end_demo_keys ON base.api_key;
    DROP FUNCTION base.end_demo_keys(), tripoint.note_key_use(uuid[]), tripoint.caller_of_key(bytea);
    DROP VIEW tripoint.api_key;
    DROP INDEX base.api_key_country_idx;
    ALTER TABLE base.api_key
      DROP CONSTRAINT api_key_roles_are_known, DROP CONSTRAINT api_key_agency_of_country,
      DROP COLUMN country, DROP COLUMN name, DROP COLUMN last_used_at, DROP COLUMN replaced_by, DROP COLUMN is_demo;
    ALTER TABLE base.agency DROP CONSTRAINT agency_of_country;
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
