CREATE TRIGGER guard_label BEFORE UPDATE ON base.report FOR EACH ROW
  WHEN (OLD.tlp IS DISTINCT FROM NEW.tlp OR OLD.releasable_to <> NEW.releasable_to
    OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
  EXECUTE FUNCTION base.guard_label();

-- Test: test/release/reports.test.ts
CREATE OR REPLACE FUNCTION base.label_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  i record;
BEGIN
  SELECT b.audience, b.red_agency, b.owner, b.tlp, b.releasable_to INTO i FROM base.incident AS b WHERE b.id = NEW.incident;
  NEW.audience := i.audience;
  NEW.red_agency := i.red_agency;
  NEW.incident_owner := i.owner;
  SELECT a.country INTO NEW.owner FROM base.agency AS a WHERE a.id = NEW.agency;
  IF NEW.tlp IS NULL AND NEW.owner <> NEW.incident_owner THEN
    SELECT l.tlp, l.releasable_to INTO NEW.tlp, NEW.releasable_to
    FROM base.label_for(NEW.owner, i.owner, i.tlp, i.releasable_to) AS l;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.label_report IS 'Takes the audience of the incident over. A report of another country without a label gets that audience as a label of its own: whoever widens the incident later does not widen the report.';
CREATE TRIGGER label_report BEFORE INSERT ON base.report
  FOR EACH ROW EXECUTE FUNCTION base.label_report();

-- Test: test/audit/operations.test.ts, test/audit/writes.test.ts
CREATE OR REPLACE FUNCTION base.audit_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'reports', ARRAY(
      SELECT ROW(r.incident || '/' || r.id,
          tripoint.country_bits(ARRAY[r.owner, CASE WHEN r.tlp IS DISTINCT FROM 'RED' THEN r.incident_owner END]),
          NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'reports', ARRAY(
      SELECT ROW(r.incident || '/' || r.id,
          tripoint.country_bits(ARRAY[r.owner, CASE WHEN r.tlp IS DISTINCT FROM 'RED' THEN r.incident_owner END]),
          base.changed_text(coalesce(base.label_text(o.tlp, o.releasable_to), 'as its incident'), coalesce(base.label_text(r.tlp, r.releasable_to), 'as its incident')))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
      WHERE (r.tlp, r.releasable_to) IS DISTINCT FROM (o.tlp, o.releasable_to)));
  ELSE
    PERFORM base.add_write_entries('remove', 'reports', ARRAY(
      SELECT ROW(r.incident || '/' || r.id,
          tripoint.country_bits(ARRAY[r.owner, CASE WHEN r.tlp IS DISTINCT FROM 'RED' THEN r.incident_owner END]),
          NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_report IS 'Audit log: a report is added or its label changes. An audience that it takes over from its incident is no change of the report.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.report REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();
CREATE TRIGGER audit_update AFTER UPDATE ON base.report REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();
CREATE TRIGGER audit_delete AFTER DELETE ON base.report REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.report
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.owner)) EXECUTE FUNCTION base.guard_owner();
