-- Test: test/coordination/responses.test.ts
CREATE OR REPLACE FUNCTION base.label_response() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  SELECT i.owner, CASE WHEN NEW.country <> i.owner THEN i.audience END INTO NEW.owner, NEW.own_audience
  FROM base.incident AS i WHERE i.id = NEW.incident;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.label_response IS 'Takes the owner from the incident and the country from the agency. A response of another country keeps the audience that the incident had at that time: whoever widens the incident later does not widen it.';
CREATE TRIGGER label_response BEFORE INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.label_response();

-- Test: test/coordination/responses.test.ts
CREATE OR REPLACE FUNCTION base.note_response_state() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'planned' THEN NEW.planned_at := NEW.updated_at;
  ELSIF NEW.state = 'in_progress' THEN NEW.in_progress_at := NEW.updated_at;
  ELSE NEW.done_at := NEW.updated_at;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.note_response_state IS 'Keeps when a response came into its state, whoever writes it.';
CREATE TRIGGER note_state_insert BEFORE INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.note_response_state();
CREATE TRIGGER note_state_update BEFORE UPDATE ON base.incident_response
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION base.note_response_state();

CREATE TRIGGER take_notice AFTER INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.take_notice();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_incident_response() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'responses', ARRAY(
      SELECT ROW(r.incident || '/' || r.id, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'responses', ARRAY(
      SELECT ROW(r.incident || '/' || r.id, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'responses', ARRAY(
      SELECT ROW(r.incident || '/' || r.id, tripoint.country_bits(ARRAY[r.country, r.owner]), NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_incident_response IS 'Audit log: an agency responds to an incident.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_response REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_response REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_response REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();

CREATE TRIGGER change_insert AFTER INSERT ON base.incident_response REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('responses');
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_response REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('responses');

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_response
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
