-- Test: test/shifts/shifts.test.ts
CREATE OR REPLACE FUNCTION base.fill_shift_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  NEW.incident := CASE NEW.kind
    WHEN 'distress' THEN (SELECT n.incident FROM base.distress_notice AS n WHERE n.id = NEW.id)
    WHEN 'request' THEN (SELECT q.incident FROM base.incident_request AS q WHERE q.id = NEW.id)
    WHEN 'alert' THEN (SELECT a.incident FROM base.alert AS a WHERE a.id = NEW.id) END;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.fill_shift_item IS 'Finds the incident of an item, also one that the agency does not see.';
CREATE TRIGGER fill_shift_item BEFORE INSERT ON base.shift_item
  FOR EACH ROW EXECUTE FUNCTION base.fill_shift_item();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE OR DELETE ON base.shift_item
  FOR EACH ROW EXECUTE FUNCTION base.guard_shift_part('offered');

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_shift_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'shift-items', ARRAY(
      SELECT ROW(r.shift || '/' || r.id, tripoint.country_bits(ARRAY[s.country]), NULL)::base.audited
      FROM new_rows AS r JOIN base.shift AS s ON s.id = r.shift));
  ELSE
    PERFORM base.add_write_entries(CASE TG_OP WHEN 'UPDATE' THEN 'change' ELSE 'remove' END, 'shift-items', ARRAY(
      SELECT ROW(r.shift || '/' || r.id, tripoint.country_bits(ARRAY[s.country]), NULL)::base.audited
      FROM old_rows AS r LEFT JOIN base.shift AS s ON s.id = r.shift));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_shift_item IS 'Audit log: open items come into an offer of a handover, or go with it.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift_item REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift_item REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift_item REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
