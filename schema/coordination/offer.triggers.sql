CREATE TRIGGER guard_label BEFORE UPDATE ON base.offer FOR EACH ROW
  WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
  EXECUTE FUNCTION base.guard_label();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.offer
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.owner)) EXECUTE FUNCTION base.guard_owner();

-- Test: test/audit/operations.test.ts, test/coordination/offers.test.ts
CREATE OR REPLACE FUNCTION base.audit_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'offers', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.owner]), NULL)::base.audited FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'offers', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.owner]),
        base.changed_text(base.label_text(o.tlp, o.releasable_to), base.label_text(r.tlp, r.releasable_to)))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'offers', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.owner]), NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_offer IS 'Audit log: an offer is made or changed; a changed label with its old and new value.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.offer REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();
CREATE TRIGGER audit_update AFTER UPDATE ON base.offer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();
CREATE TRIGGER audit_delete AFTER DELETE ON base.offer REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();

-- Test: test/coordination/offers.test.ts
CREATE OR REPLACE FUNCTION base.change_offers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('offers', n.id, n.id, 0, n.audience, NULL, n.red_agency, NULL, NULL,
        tripoint.concern(n.tlp, n.owner))::base.coordination_change FROM new_rows AS n));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('offers', n.id, n.id, o.audience, n.audience, o.red_agency, n.red_agency, NULL, NULL,
        tripoint.concern(o.tlp, o.owner) | tripoint.concern(n.tlp, n.owner))::base.coordination_change
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id));
  ELSE
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('offers', o.id, o.id, o.audience, 0, o.red_agency, NULL, NULL, NULL,
        tripoint.concern(o.tlp, o.owner))::base.coordination_change FROM old_rows AS o));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_offers IS 'Change feed and webhooks: an offer is made, changed or removed, with its audience before and after.';
CREATE TRIGGER change_insert AFTER INSERT ON base.offer REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
CREATE TRIGGER change_update AFTER UPDATE ON base.offer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
CREATE TRIGGER change_delete AFTER DELETE ON base.offer REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
