CREATE TRIGGER guard_label BEFORE UPDATE ON base.zone FOR EACH ROW
  WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.country <> NEW.country
    OR OLD.agency IS DISTINCT FROM NEW.agency)
  EXECUTE FUNCTION base.guard_label();

-- Test: test/audit/writes.test.ts
CREATE OR REPLACE FUNCTION base.audit_zone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  z base.zone;
  bits int;
  detail text;
BEGIN
  IF TG_OP = 'DELETE' THEN z := OLD; ELSE z := NEW; END IF;
  IF z.face <> 0 OR TG_OP = 'UPDATE' AND (OLD.tlp, OLD.releasable_to) = (NEW.tlp, NEW.releasable_to) THEN
    RETURN NULL;
  END IF;
  bits := tripoint.country_bits(ARRAY[z.country]) | CASE z.tlp WHEN 'RED' THEN 0 ELSE coalesce((
    SELECT bit_or(tripoint.country_bits(r.participants)) FROM base.zone_revision AS r
    WHERE r.id = z.id AND r.proposed_at IS NOT NULL AND r.replaced_at IS NULL), 0) END;
  IF TG_OP = 'UPDATE' THEN
    detail := base.changed_text(base.label_text(OLD.tlp, OLD.releasable_to), base.label_text(NEW.tlp, NEW.releasable_to));
  END IF;
  PERFORM base.add_write_entry(CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'change' ELSE 'remove' END,
    'zones', z.id, 1, ARRAY[(bits >> 1) & 1, (bits >> 2) & 1, (bits >> 3) & 1]::bigint[], bits, detail);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_zone IS 'Audit log: a zone is made, relabelled or removed. Entries about its revisions come from their own table.';
CREATE TRIGGER audit_zone AFTER INSERT OR UPDATE OR DELETE ON base.zone
  FOR EACH ROW EXECUTE FUNCTION base.audit_zone();

-- While the zone is there, because afterwards nobody knows who saw them.
-- Test: test/coordination/subjects.test.ts
CREATE OR REPLACE FUNCTION base.remove_shared_of_zone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  DELETE FROM base.incident_request AS q WHERE q.zone = OLD.id;
  DELETE FROM base.procedure_version AS v WHERE v.zone = OLD.id;
  RETURN OLD;
END $$;
COMMENT ON FUNCTION base.remove_shared_of_zone IS 'Requests about a zone and its procedures go with it.';
CREATE TRIGGER remove_shared BEFORE DELETE ON base.zone
  FOR EACH ROW WHEN (OLD.face = 0) EXECUTE FUNCTION base.remove_shared_of_zone();

-- In place, so that a transaction that waits for the row of the zone finds it again.
-- Test: test/zones/visibility.test.ts
CREATE OR REPLACE FUNCTION base.relabel_zone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.zone_revision AS r SET tlp = NEW.tlp, releasable_to = NEW.releasable_to
  WHERE r.id = NEW.id AND (r.tlp, r.releasable_to) IS DISTINCT FROM (NEW.tlp, NEW.releasable_to);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.relabel_zone IS 'Copies the label of a zone to all its revisions: a label belongs to the zone.';
CREATE TRIGGER relabel_zone AFTER UPDATE OF tlp, releasable_to ON base.zone
  FOR EACH ROW WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to)
  EXECUTE FUNCTION base.relabel_zone();

-- Test: test/exchange/feed.test.ts, test/zones/visibility.test.ts
CREATE OR REPLACE FUNCTION base.change_zones() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.tell('zones', count(*), bit_or(r.audience & r.shown_to), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.area))
    FROM new_rows AS r;
    PERFORM base.add_zone_change(t.id,
      ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id AND NOT EXISTS (
        SELECT 1 FROM new_rows AS n WHERE n.id = z.id AND n.face = z.face)),
      ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
    FROM (SELECT DISTINCT id FROM new_rows) AS t;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.tell('zones', count(*), bit_or(r.audience & r.shown_to), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.area), true)
    FROM (
      SELECT n.audience, n.shown_to, n.red_agency, n.area FROM new_rows AS n
      UNION ALL SELECT o.audience, o.shown_to, o.red_agency, o.area FROM old_rows AS o
    ) AS r;
    PERFORM base.add_zone_change(t.id,
      ARRAY(SELECT o::base.zone FROM old_rows AS o WHERE o.id = t.id) || ARRAY(
        SELECT z FROM base.zone AS z WHERE z.id = t.id AND NOT EXISTS (
          SELECT 1 FROM new_rows AS n WHERE n.id = z.id AND n.face = z.face)),
      ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
    FROM (SELECT DISTINCT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.face = n.face
          WHERE o IS DISTINCT FROM n) AS t;
  ELSE
    PERFORM base.tell('zones', count(*), bit_or(r.audience & r.shown_to), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.area), true)
    FROM old_rows AS r;
    PERFORM base.add_zone_change(t.id,
      ARRAY(SELECT o::base.zone FROM old_rows AS o WHERE o.id = t.id)
        || ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id),
      ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
    FROM (SELECT DISTINCT id FROM old_rows) AS t;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_zones IS 'Change feed and tiles: who was shown what of the zone, and who is shown what now.';
CREATE TRIGGER change_delete AFTER DELETE ON base.zone REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();
CREATE TRIGGER change_insert AFTER INSERT ON base.zone REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();
CREATE TRIGGER change_update AFTER UPDATE ON base.zone REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();

-- The service writes the label alone; guard_label says who may.
CREATE TRIGGER write_own BEFORE UPDATE ON base.zone
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
