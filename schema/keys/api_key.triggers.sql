-- Test: test/demo-keys.test.ts
CREATE OR REPLACE FUNCTION base.end_demo_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.api_key SET revoked_at = now() WHERE is_demo AND revoked_at IS NULL;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.end_demo_keys IS 'Revokes all demo keys with the first admin key: from then on the database is no demo.';
CREATE TRIGGER end_demo_keys AFTER INSERT ON base.api_key FOR EACH ROW
  WHEN (NOT NEW.is_demo AND 'admin' = ANY (NEW.roles)) EXECUTE FUNCTION base.end_demo_keys();

-- Test: test/audit/operations.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_api_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'keys', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'keys', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]),
          base.changed_text(base.key_text(o.roles, o.expires_at, o.revoked_at), base.key_text(r.roles, r.expires_at, r.revoked_at)))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
      WHERE (r.hash, r.agency, r.roles, r.expires_at, r.revoked_at) IS DISTINCT FROM (o.hash, o.agency, o.roles, o.expires_at, o.revoked_at)));
  ELSE
    PERFORM base.add_write_entries('remove', 'keys', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), 'removed')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_api_key IS 'Audit log: a key is made, changed or revoked, with its old and new roles and end. Its use is no change.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.api_key REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_update AFTER UPDATE ON base.api_key REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_delete AFTER DELETE ON base.api_key REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.api_key
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
