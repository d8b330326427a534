-- Test: test/identity/sessions.test.ts
CREATE OR REPLACE FUNCTION base.audit_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'sessions', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM new_rows AS r));
  ELSIF EXISTS (SELECT FROM old_rows) THEN
    PERFORM base.add_write_entries('remove', 'sessions', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_session IS 'Audit log: somebody signs in or out, or a session is purged after its end. Its use is no change.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.session REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_session();
CREATE TRIGGER audit_delete AFTER DELETE ON base.session REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_session();
