-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.label_double_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  seen record;
BEGIN
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  SELECT e.owner AS one, l.owner AS other, v.audience, v.concern INTO seen
  FROM base.incident AS e, base.incident AS l, LATERAL base.double_viewers(e, l) AS v
  WHERE e.id = NEW.earlier AND l.id = NEW.later;
  IF NEW.country NOT IN (seen.one, seen.other) THEN
    RAISE EXCEPTION 'an owner of one of both incidents decides about a pair' USING ERRCODE = 'with_check_option_violation';
  END IF;
  NEW.own_audience := seen.audience | tripoint.country_bits(ARRAY[NEW.country]);
  NEW.concern := seen.concern;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.label_double_decision IS 'Takes the country from the agency, which owns one of both incidents, and keeps who sees the pair now: whoever widens an incident later does not widen the decision.';
CREATE TRIGGER label_double_decision BEFORE INSERT ON base.double_decision
  FOR EACH ROW EXECUTE FUNCTION base.label_double_decision();

-- Test: test/incidents/doubles.test.ts, test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_double_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('change', 'same-as', ARRAY(
      SELECT ROW(r.earlier || '/' || r.later, r.concern, format('%s of %s by %s', r.decision, r.country, r.agency))::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'same-as', ARRAY(
      SELECT ROW(r.earlier || '/' || r.later, r.concern, NULL)::base.audited FROM new_rows AS r));
  ELSE
    PERFORM base.add_write_entries('remove', 'same-as', ARRAY(
      SELECT ROW(r.earlier || '/' || r.later, r.concern, NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_double_decision IS 'Audit log: an owner confirms or refuses that two incidents are one event.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.double_decision REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();
CREATE TRIGGER audit_update AFTER UPDATE ON base.double_decision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();
CREATE TRIGGER audit_delete AFTER DELETE ON base.double_decision REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();

-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.change_decided_doubles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('same-as', d.earlier || '/' || d.later, d.earlier, d.audience, d.audience, d.red_agency, d.red_agency, NULL, NULL,
      d.concern)::base.coordination_change
    FROM new_rows AS r JOIN base.incident_double AS d ON d.earlier = r.earlier AND d.later = r.later));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_decided_doubles IS 'Change feed and webhooks: a decision is a change of its pair.';
CREATE TRIGGER change_insert AFTER INSERT ON base.double_decision REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_decided_doubles();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.double_decision
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
