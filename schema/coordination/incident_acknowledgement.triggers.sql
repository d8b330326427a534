-- Test: test/coordination/acknowledgements.test.ts
CREATE OR REPLACE FUNCTION base.join_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT i.owner INTO NEW.owner FROM base.incident AS i WHERE i.id = NEW.incident;
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.join_incident IS 'Takes the owner from the incident and the country from the agency, so that no caller can claim another one.';
CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_acknowledgement
  FOR EACH ROW EXECUTE FUNCTION base.join_incident();

CREATE TRIGGER take_notice AFTER INSERT ON base.incident_acknowledgement
  FOR EACH ROW EXECUTE FUNCTION base.take_notice();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_incident_acknowledgement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'acknowledgements', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'acknowledgements', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.incident = r.incident AND o.agency = r.agency));
  ELSE
    PERFORM base.add_write_entries('remove', 'acknowledgements', ARRAY(
      SELECT ROW(r.incident, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_incident_acknowledgement IS 'Audit log: an agency acknowledges an incident.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_acknowledgement REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_acknowledgement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_acknowledgement REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();

CREATE TRIGGER change_insert AFTER INSERT ON base.incident_acknowledgement REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('acknowledgements');

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_acknowledgement
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
