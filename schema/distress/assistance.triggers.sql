-- Test: test/coordination/distress.test.ts
CREATE OR REPLACE FUNCTION base.record_assistance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  SELECT n.incident INTO NEW.incident FROM base.distress_notice AS n WHERE n.id = NEW.notice;
  IF NEW.state = 'given' THEN
    UPDATE base.distress_notice SET assisted_at = NEW.at WHERE id = NEW.notice;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.record_assistance IS 'Takes the country from the agency and the incident from the notice. Assistance that was given stops the clock of the notice.';
CREATE TRIGGER record_assistance BEFORE INSERT ON base.assistance
  FOR EACH ROW EXECUTE FUNCTION base.record_assistance();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_assistance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'distress', ARRAY(
      SELECT ROW(r.notice,
          (SELECT n.audience FROM base.distress_notice AS n WHERE n.id = r.notice),
          NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'distress', ARRAY(
      SELECT ROW(r.notice,
          (SELECT n.audience FROM base.distress_notice AS n WHERE n.id = r.notice),
          NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'distress', ARRAY(
      SELECT ROW(r.notice,
          (SELECT n.audience FROM base.distress_notice AS n WHERE n.id = r.notice),
          NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_assistance IS 'Audit log: assistance for people in distress. It counts as data of all countries at the border.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.assistance REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();
CREATE TRIGGER audit_update AFTER UPDATE ON base.assistance REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();
CREATE TRIGGER audit_delete AFTER DELETE ON base.assistance REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();

-- Test: test/coordination/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_assistance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('assistance', f.id, n.incident, 0, f.audience, NULL, f.red, NULL, f.agencies, f.concern)::base.coordination_change
    FROM base.distress_notice AS n CROSS JOIN LATERAL base.assistance_of(n) AS f
    WHERE n.id IN (SELECT r.notice FROM new_rows AS r) AND f.id IN (SELECT r.id::text FROM new_rows AS r)));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_assistance IS 'Change feed and webhooks: assistance for people in distress.';
CREATE TRIGGER change_insert AFTER INSERT ON base.assistance REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_assistance();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.assistance
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
