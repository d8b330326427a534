-- Test: test/shifts/shifts.test.ts
CREATE OR REPLACE FUNCTION base.fill_shift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  SELECT s.id INTO NEW.previous FROM base.shift AS s
  WHERE s.agency = NEW.agency AND s.kind = NEW.kind AND lower(s.name) = lower(NEW.name) AND s.closed_at IS NOT NULL
  ORDER BY s.closed_at DESC, s.id DESC LIMIT 1;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.fill_shift IS 'Takes the country from the agency, and finds the last shift that was closed at the same post or room.';
CREATE TRIGGER fill_shift BEFORE INSERT ON base.shift
  FOR EACH ROW EXECUTE FUNCTION base.fill_shift();

-- With the rights of its caller: only so can it tell the owner of the tables from the service.
-- Test: test/shifts/guards.test.ts
CREATE OR REPLACE FUNCTION base.guard_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF NEW.agency IS DISTINCT FROM tripoint.caller_agency() THEN
    RAISE EXCEPTION 'a shift is written by its own agency' USING ERRCODE = 'with_check_option_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a closed shift does not change' USING ERRCODE = 'with_check_option_violation';
  END IF;
  -- a confirmation confirms the offer as it stands
  IF TG_OP = 'UPDATE' AND NEW.closed_at IS NOT NULL AND (OLD.offered_at, OLD.offered_by, OLD.offers, OLD.remark)
    IS DISTINCT FROM (NEW.offered_at, NEW.offered_by, NEW.offers, NEW.remark) THEN
    RAISE EXCEPTION 'a handover is confirmed as it was offered' USING ERRCODE = 'with_check_option_violation';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.guard_shift IS 'Refuses whatever the service writes for another agency, into a closed shift, or into an offer while it is confirmed.';
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.shift
  FOR EACH ROW EXECUTE FUNCTION base.guard_shift();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_shift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'shifts', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'shifts', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), base.changed_text(o.state, r.state))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'shifts', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), 'removed')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_shift IS 'Audit log: a shift is opened, offered, taken back or closed, with its old and new state.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();

-- Test: test/shifts/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_shift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
  SELECT 'shifts', r.id, 0, 0, CASE TG_OP WHEN 'UPDATE' THEN r.agency END, r.agency, tripoint.country_bits(ARRAY[r.country])
  FROM new_rows AS r
  ON CONFLICT (xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at;
  PERFORM base.tell('shifts', count(*), 0, string_agg(DISTINCT r.agency, ','), NULL) FROM new_rows AS r;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_shift IS 'Change feed: a shift is opened, offered, taken back or closed. Its agency hears of it.';
CREATE TRIGGER change_insert AFTER INSERT ON base.shift REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift();
CREATE TRIGGER change_update AFTER UPDATE ON base.shift REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift();
