-- Test: test/coordination/requests.test.ts
CREATE OR REPLACE FUNCTION base.address_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  NEW.owner := coalesce((SELECT i.owner FROM base.incident AS i WHERE i.id = NEW.incident),
    (SELECT z.country FROM base.zone AS z WHERE z.id = NEW.zone AND z.face = 0));
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  NEW.readers := tripoint.country_bits(NEW.country || NEW.recipients || ARRAY(
    SELECT a.country FROM base.agency AS a WHERE a.id = ANY (NEW.recipients)));
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.address_request IS 'Takes the owner from the incident or zone and the country from the agency, and works out which countries read the request: those at both ends.';
CREATE TRIGGER address_request BEFORE INSERT ON base.incident_request
  FOR EACH ROW EXECUTE FUNCTION base.address_request();

-- Test: test/database/ownership.test.ts, test/coordination/requests.test.ts
CREATE OR REPLACE FUNCTION base.guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND NEW.state <> 'withdrawn'
    AND tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID, ARRAY['state', 'answer', 'answered_by', 'updated_at'])
    AND EXISTS (SELECT 1 FROM tripoint.agency AS a WHERE a.id = NEW.answered_by AND tripoint.is_own(a.country))
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a request is written by who asks, and answered by who is asked'
    USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.guard_request IS 'Lets another country write the answer of a request that it received, and nothing else.';
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_request
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_request();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_incident_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'requests', ARRAY(
      SELECT ROW(r.id, r.readers, NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'requests', ARRAY(
      SELECT ROW(r.id, r.readers, NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'requests', ARRAY(
      SELECT ROW(r.id, r.readers, NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_incident_request IS 'Audit log: a request is made, answered or withdrawn.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_request REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_request REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_request REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();

-- Test: test/coordination/followed.test.ts, test/coordination/subjects.test.ts
CREATE OR REPLACE FUNCTION base.change_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('requests', q.id, coalesce(q.incident, q.id), CASE TG_OP WHEN 'INSERT' THEN 0 ELSE s.audience END,
      CASE TG_OP WHEN 'DELETE' THEN 0 ELSE s.audience END, CASE WHEN TG_OP <> 'INSERT' THEN s.red END,
      CASE WHEN TG_OP <> 'DELETE' THEN s.red END, NULL, NULL, q.readers)::base.coordination_change
    FROM written AS q CROSS JOIN LATERAL base.standing_of_request(q) AS s
    -- those of an incident that is removed are in the feed already: remove_coordination
    WHERE TG_OP <> 'DELETE' OR q.incident IS NULL));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_request IS 'Change feed and webhooks: a request is made, answered, withdrawn or removed.';
CREATE TRIGGER change_delete AFTER DELETE ON base.incident_request REFERENCING OLD TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_request REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_request REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
