-- Test: test/webhooks/webhooks.test.ts
CREATE OR REPLACE FUNCTION base.change_webhook() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.url <> OLD.url THEN NEW.verified_at := NULL; END IF;
  IF NEW.secret <> OLD.secret THEN NEW.old_secret := OLD.secret; END IF;
  IF NEW.url <> OLD.url OR NEW.verified_at > OLD.verified_at OR (NEW.is_enabled AND NOT OLD.is_enabled) THEN
    NEW.failures := 0;
    NEW.open_until := NULL;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.change_webhook IS 'A new URL must be verified again; a new secret keeps the old one for the overlap; a repaired webhook closes its circuit.';
CREATE TRIGGER change_webhook BEFORE UPDATE ON base.webhook FOR EACH ROW EXECUTE FUNCTION base.change_webhook();

-- Test: test/audit/operations.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'webhooks', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'webhooks', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), nullif(concat_ws(', ',
          CASE WHEN r.url <> o.url THEN 'new address' END, CASE WHEN r.secret <> o.secret THEN 'new secret' END,
          CASE WHEN r.is_enabled <> o.is_enabled THEN CASE WHEN r.is_enabled THEN 'enabled' ELSE 'disabled' END END), ''))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
      WHERE (r.url, r.triggers, r.coordination, r.is_enabled, r.secret, r.verified_at) IS DISTINCT FROM (o.url, o.triggers, o.coordination, o.is_enabled, o.secret, o.verified_at)));
  ELSE
    PERFORM base.add_write_entries('remove', 'webhooks', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), 'removed')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_webhook IS 'Audit log: a webhook is added, changed or removed. Counts of failures are no change.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.webhook REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_update AFTER UPDATE ON base.webhook REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_delete AFTER DELETE ON base.webhook REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.webhook
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
