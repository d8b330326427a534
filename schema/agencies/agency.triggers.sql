-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_agency() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'agencies', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'agencies', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'agencies', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_agency IS 'Audit log: an agency is added, changed or removed.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.agency REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();
CREATE TRIGGER audit_update AFTER UPDATE ON base.agency REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();
CREATE TRIGGER audit_delete AFTER DELETE ON base.agency REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();

CREATE TRIGGER change_insert AFTER INSERT ON base.agency REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');
CREATE TRIGGER change_update AFTER UPDATE ON base.agency REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');
CREATE TRIGGER change_delete AFTER DELETE ON base.agency REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.agency
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
