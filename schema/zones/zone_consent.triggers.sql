-- Test: test/zones/net.test.ts
CREATE OR REPLACE FUNCTION base.number_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  viewer int := tripoint.viewer();
BEGIN
  IF (tripoint.country_bits(ARRAY[NEW.country]) & viewer) <> 0
    AND EXISTS (SELECT 1 FROM base.agency AS a WHERE a.id = NEW.agency AND a.country = NEW.country)
  THEN
    PERFORM 1 FROM base.zone_revision AS r WHERE r.id = NEW.zone AND r.revision = 1 FOR NO KEY UPDATE;
    NEW.n := (SELECT coalesce(max(c.n), 0) + 1 FROM base.zone_consent AS c WHERE c.zone = NEW.zone);
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an agency decides for its own country' USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.number_consent IS 'Lets a country decide for itself alone, by one of its agencies, and numbers the decisions of a zone, so that the last one counts.';
CREATE TRIGGER number_consent BEFORE INSERT ON base.zone_consent
  FOR EACH ROW EXECUTE FUNCTION base.number_consent();

-- Test: test/audit/operations.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_zone_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'consents', ARRAY(
      SELECT ROW(r.zone || '/' || r.revision,
          (SELECT tripoint.country_bits(v.participants) FROM base.zone_revision AS v WHERE v.id = r.zone AND v.revision = r.revision),
          format('%s of %s by %s', r.decision, r.country, r.agency))::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'consents', ARRAY(
      SELECT ROW(r.zone || '/' || r.revision,
          (SELECT tripoint.country_bits(v.participants) FROM base.zone_revision AS v WHERE v.id = r.zone AND v.revision = r.revision),
          NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'consents', ARRAY(
      SELECT ROW(r.zone || '/' || r.revision,
          (SELECT tripoint.country_bits(v.participants) FROM base.zone_revision AS v WHERE v.id = r.zone AND v.revision = r.revision),
          NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_zone_consent IS 'Audit log: a country decides about a revision. It counts as data of all participants.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.zone_consent REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();
CREATE TRIGGER audit_update AFTER UPDATE ON base.zone_consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();
CREATE TRIGGER audit_delete AFTER DELETE ON base.zone_consent REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();

-- Test: test/exchange/feed-consents.test.ts
CREATE OR REPLACE FUNCTION base.change_consents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_consent_changes(ARRAY(SELECT r.zone || '/' || r.revision FROM new_rows AS r));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_consents IS 'Change feed: a country decides about a revision, also where that changes no state.';
CREATE TRIGGER change_insert AFTER INSERT ON base.zone_consent REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_consents();
