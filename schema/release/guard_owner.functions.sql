CREATE OR REPLACE FUNCTION tripoint.is_table_owner(of_table oid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT pg_has_role(current_user, (SELECT c.relowner FROM pg_class AS c WHERE c.oid = of_table), 'USAGE')
$$;
COMMENT ON FUNCTION tripoint.is_table_owner IS 'Whether the writer is a migration, a seed, a repair or a function with the rights of the owner: rules for callers do not bind these.';
GRANT EXECUTE ON FUNCTION tripoint.is_table_owner TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.changes_only(was jsonb, becomes jsonb, of_table oid, columns text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT was - k.names = becomes - k.names
  FROM (
    SELECT columns || ARRAY(
      -- computed after this trigger
      SELECT a.attname::text FROM pg_attribute AS a WHERE a.attrelid = of_table AND a.attgenerated <> '') AS names
  ) AS k
$$;
COMMENT ON FUNCTION tripoint.changes_only IS 'Whether an update changes these columns alone.';
GRANT EXECUTE ON FUNCTION tripoint.changes_only TO tripoint_service;

-- With the rights of its caller: only so can it tell the owner of the tables from the service. The condition of its
-- triggers is false for rows of the caller's country, so that they cost nothing. TG_ARGV: columns that others may change.
-- Test: test/database/ownership.test.ts
CREATE OR REPLACE FUNCTION base.guard_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID, TG_ARGV) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a row of % is written by an agency of its own country', TG_TABLE_NAME
    USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.guard_owner IS 'Refuses a row of another country or with an agency of another country, whoever asks for a caller: a forgotten check in the service cannot write for others.';
