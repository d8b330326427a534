import type { Knex } from 'knex';

/**
 * Base tables live in the schema `base`, out of reach of the service's role; it reads and writes plain views in
 * the schema `tripoint` that filter by the caller (docs/decisions/0002-rows-by-caller.md).
 */
export const up = (db: Knex) =>
  db.raw(`
    CREATE EXTENSION IF NOT EXISTS postgis;
    CREATE SCHEMA IF NOT EXISTS base;
    REVOKE ALL ON SCHEMA base FROM PUBLIC;
    CREATE SCHEMA tripoint;

    -- Roles belong to the whole server: another database of it may have made this one, also just now.
    DO $$ BEGIN
      CREATE ROLE tripoint_service NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_service TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;
    GRANT USAGE ON SCHEMA tripoint TO tripoint_service;

    CREATE FUNCTION tripoint.country_bits(countries text[]) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN 'DZA' = ANY (countries) THEN 2 ELSE 0 END
           | CASE WHEN 'LBY' = ANY (countries) THEN 4 ELSE 0 END
           | CASE WHEN 'TUN' = ANY (countries) THEN 8 ELSE 0 END
    $$;

    CREATE FUNCTION tripoint.audience(tlp text, owner text, releasable_to text[]) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE tlp
        WHEN 'CLEAR' THEN 15
        WHEN 'GREEN' THEN 14
        WHEN 'AMBER' THEN tripoint.country_bits(releasable_to || owner)
        WHEN 'AMBER+STRICT' THEN tripoint.country_bits(ARRAY[owner])
        ELSE 0
      END
    $$;
    COMMENT ON FUNCTION tripoint.audience IS 'Traffic Light Protocol 2.0 as bits: 1 public, 2 DZA, 4 LBY, 8 TUN; RED is 0.';

    CREATE FUNCTION tripoint.utc(at timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT (to_json(at AT TIME ZONE 'UTC') #>> '{}') || 'Z'
    $$;
    COMMENT ON FUNCTION tripoint.utc IS 'RFC 3339 in UTC, without fractions of a second that are zero.';

    CREATE VIEW tripoint.migration AS
      SELECT name FROM base.migration
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    GRANT SELECT ON tripoint.migration TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.migration;
    DROP FUNCTION tripoint.utc(timestamptz);
    DROP FUNCTION tripoint.audience(text, text, text[]);
    DROP FUNCTION tripoint.country_bits(text[]);
    DROP SCHEMA tripoint;
  `);
