-- Test: test/audit/operations.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_legal_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'incidents', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country]), 'hold placed by ' || r.agency)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'incidents', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.incident = r.incident));
  ELSE
    PERFORM base.add_write_entries('remove', 'incidents', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country]), 'hold lifted')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_legal_hold IS 'Audit log: a legal hold is placed, changed or lifted. The entry names the incident.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.legal_hold REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();
CREATE TRIGGER audit_update AFTER UPDATE ON base.legal_hold REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();
CREATE TRIGGER audit_delete AFTER DELETE ON base.legal_hold REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.legal_hold
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
