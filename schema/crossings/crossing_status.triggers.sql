-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_crossing_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'crossings', ARRAY(
      SELECT ROW(r.crossing, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'crossings', ARRAY(
      SELECT ROW(r.crossing, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'crossings', ARRAY(
      SELECT ROW(r.crossing, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_crossing_status IS 'Audit log: a country states the status of its side of a crossing, or withdraws a statement. The entry names the crossing.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();

CREATE TRIGGER change_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.crossing_status
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
