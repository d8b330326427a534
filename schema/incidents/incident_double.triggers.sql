-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.audit_incident_double() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'same-as', ARRAY(
      SELECT ROW(r.earlier || '/' || r.later, r.concern, NULL)::base.audited FROM new_rows AS r));
  ELSE
    PERFORM base.add_write_entries('remove', 'same-as', ARRAY(
      SELECT ROW(r.earlier || '/' || r.later, r.concern, NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_incident_double IS 'Audit log: two incidents are linked as one event, or no longer. For the auditors of owners that see both. Other viewers after a new label are no change of the pair.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_double REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_double();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_double REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_double();

-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.change_doubles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('same-as', n.earlier || '/' || n.later, n.earlier, 0, n.audience, NULL, n.red_agency, NULL, NULL,
        n.concern)::base.coordination_change FROM new_rows AS n));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('same-as', n.earlier || '/' || n.later, n.earlier, o.audience, n.audience, o.red_agency, n.red_agency, NULL, NULL,
        o.concern | n.concern)::base.coordination_change
      FROM new_rows AS n JOIN old_rows AS o ON o.earlier = n.earlier AND o.later = n.later));
  ELSE
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('same-as', o.earlier || '/' || o.later, o.earlier, o.audience, 0, o.red_agency, NULL, NULL, NULL,
        o.concern)::base.coordination_change FROM old_rows AS o));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_doubles IS 'Change feed and webhooks: a pair is made, is seen by others after a new label, or goes.';
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_double REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_double REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
CREATE TRIGGER change_delete AFTER DELETE ON base.incident_double REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
