-- Base tables live in the schema base, out of reach of the service's role. It reads and writes plain views in the schema
-- tripoint that filter by the caller (docs/decisions/0002-rows-by-caller.md).
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA IF NOT EXISTS base;
REVOKE ALL ON SCHEMA base FROM PUBLIC;
CREATE SCHEMA tripoint;

-- tripoint_service: The service for its callers. It reads and writes the views of the schema tripoint, and no table.
-- tripoint_sealer: Seals the audit log, and verifies and exports the chain.
-- tripoint_purger: Deletes incidents whose retention has ended.
-- tripoint_clock: Adds the changes that time alone makes to the change feed, and deletes old ones.
-- tripoint_alerter: Raises alerts for subscriptions, and deletes old ones.
-- tripoint_watch: Raises alerts for overdue acknowledgements.
-- tripoint_courier: Delivers alerts to webhooks: the only role that reads their secrets.
-- Roles belong to the whole server: another database of it may have made them, perhaps at this moment.
DO $$ BEGIN CREATE ROLE tripoint_service NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_service TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_sealer NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_sealer TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_purger NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_purger TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_clock NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_clock TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_alerter NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_alerter TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_watch NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_watch TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE tripoint_courier NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN GRANT tripoint_courier TO CURRENT_USER; EXCEPTION WHEN unique_violation THEN NULL; END $$;

GRANT USAGE ON SCHEMA tripoint TO tripoint_service, tripoint_sealer;
GRANT USAGE ON SCHEMA base TO tripoint_sealer, tripoint_purger, tripoint_clock, tripoint_alerter, tripoint_watch,
  tripoint_courier;

CREATE TABLE base.schema_file (
  path       text PRIMARY KEY,
  checksum   text NOT NULL,
  objects    text[] NOT NULL DEFAULT '{}',
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE base.schema_file IS 'Files of migrations/ and schema/ that made this database.';
COMMENT ON COLUMN base.schema_file.checksum IS 'SHA-256 of the file.';
COMMENT ON COLUMN base.schema_file.objects IS 'Functions, views and triggers that the file made. They are dropped when it no longer makes them.';

-- Functions that columns and indexes use belong to the migrations: a replaced one would leave stored values behind.
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
COMMENT ON FUNCTION tripoint.audience IS 'Label of the Traffic Light Protocol 2.0 as a bitmask of viewers: 1 public, 2 DZA, 4 LBY, 8 TUN; RED is 0.';
