-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_indicator() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'indicators', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'indicators', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'indicators', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_indicator IS 'Audit log: a country adds, corrects or removes counts of its side of a crossing.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.indicator REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();
CREATE TRIGGER audit_update AFTER UPDATE ON base.indicator REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();
CREATE TRIGGER audit_delete AFTER DELETE ON base.indicator REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();

-- Test: test/features/indicators.test.ts
CREATE OR REPLACE FUNCTION base.change_indicator() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  written bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'indicators', r.id, r.audience, 0, NULL, NULL, tripoint.country_bits(ARRAY[r.country]) FROM old_rows AS r
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
      red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'indicators', r.id, CASE TG_OP WHEN 'INSERT' THEN 0 ELSE r.audience END, r.audience, NULL, NULL,
      tripoint.country_bits(ARRAY[r.country])
    FROM new_rows AS r
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
      red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  END IF;
  GET DIAGNOSTICS written = ROW_COUNT;
  PERFORM base.tell('indicators', written, 14, NULL, NULL);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_indicator IS 'Change feed: counts are added, corrected or removed.';
CREATE TRIGGER change_insert AFTER INSERT ON base.indicator REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();
CREATE TRIGGER change_update AFTER UPDATE ON base.indicator REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();
CREATE TRIGGER change_delete AFTER DELETE ON base.indicator REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.indicator
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER remove_own BEFORE DELETE ON base.indicator
  FOR EACH ROW WHEN (NOT tripoint.is_own(OLD.country)) EXECUTE FUNCTION base.guard_owner();
