CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.shift_note
  FOR EACH ROW EXECUTE FUNCTION base.guard_shift_part('open');

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_shift_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'shift-notes', ARRAY(
      SELECT ROW(r.shift || '/' || r.id, tripoint.country_bits(ARRAY[s.country]), NULL)::base.audited
      FROM new_rows AS r JOIN base.shift AS s ON s.id = r.shift));
  ELSE
    PERFORM base.add_write_entries(CASE TG_OP WHEN 'UPDATE' THEN 'change' ELSE 'remove' END, 'shift-notes', ARRAY(
      SELECT ROW(r.shift || '/' || r.id, tripoint.country_bits(ARRAY[s.country]), NULL)::base.audited
      FROM old_rows AS r LEFT JOIN base.shift AS s ON s.id = r.shift));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_shift_note IS 'Audit log: a note is added to a shift. The service changes and removes none.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift_note REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift_note REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift_note REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();

-- Test: test/shifts/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_shift_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
  SELECT 'shift-notes', r.id, 0, 0, s.agency, tripoint.country_bits(ARRAY[s.country])
  FROM new_rows AS r JOIN base.shift AS s ON s.id = r.shift;
  PERFORM base.tell('shift-notes', count(*), 0, string_agg(DISTINCT s.agency, ','), NULL)
  FROM new_rows AS r JOIN base.shift AS s ON s.id = r.shift;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_shift_note IS 'Change feed: a note is added. The agency of the shift hears of it.';
CREATE TRIGGER change_insert AFTER INSERT ON base.shift_note REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift_note();
