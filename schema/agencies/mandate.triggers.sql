-- Test: test/audit/operations.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_mandate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'mandates', ARRAY(
      SELECT ROW(r.id,
          (SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency),
          NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'mandates', ARRAY(
      SELECT ROW(r.id,
          (SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency),
          base.changed_text('until ' || coalesce(tripoint.utc(o.valid_to), 'further notice'),
            'until ' || coalesce(tripoint.utc(r.valid_to), 'further notice')))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'mandates', ARRAY(
      SELECT ROW(r.id,
          (SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency),
          'removed')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_mandate IS 'Audit log: a mandate is added, changed (with its old and new end) or removed. It counts as data of the country of its agency.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.mandate REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();
CREATE TRIGGER audit_update AFTER UPDATE ON base.mandate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();
CREATE TRIGGER audit_delete AFTER DELETE ON base.mandate REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();

-- Test: test/database/ownership.test.ts
CREATE OR REPLACE FUNCTION base.guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID)
    OR EXISTS (SELECT 1 FROM tripoint.agency AS a WHERE a.id = NEW.agency AND tripoint.is_own(a.country))
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a mandate is written for an agency of one''s own country' USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.guard_mandate IS 'Refuses a mandate for an agency of another country, whoever writes it.';
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.mandate FOR EACH ROW EXECUTE FUNCTION base.guard_mandate();
