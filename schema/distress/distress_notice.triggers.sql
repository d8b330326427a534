-- Test: test/coordination/followed.test.ts
CREATE OR REPLACE FUNCTION base.move_assistance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  was base.distress_notice := OLD;
  n base.distress_notice := NEW;
BEGIN
  -- most notices have none, and who may see it is costly to find
  IF NOT EXISTS (SELECT FROM base.assistance AS s WHERE s.notice = coalesce(n.id, was.id)) THEN
    RETURN coalesce(n, was);
  END IF;
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('assistance', coalesce(b.id, f.id), coalesce(n.incident, was.incident), coalesce(b.audience, 0),
      coalesce(f.audience, 0), b.red, f.red, b.agencies, f.agencies, coalesce(b.concern, 0) | coalesce(f.concern, 0)
    )::base.coordination_change
    FROM base.assistance_of(was) AS b FULL JOIN base.assistance_of(n) AS f ON f.id = b.id
    WHERE (b.audience, b.red, b.agencies) IS DISTINCT FROM (f.audience, f.red, f.agencies)));
  RETURN coalesce(n, was);
END $$;
COMMENT ON FUNCTION base.move_assistance IS 'Change feed: whoever gains or loses a notice gains or loses the assistance for it. Its label, place and kind decide who that is.';
CREATE TRIGGER move_assistance_insert AFTER INSERT ON base.distress_notice
  FOR EACH ROW EXECUTE FUNCTION base.move_assistance();
CREATE TRIGGER move_assistance_update AFTER UPDATE ON base.distress_notice
  FOR EACH ROW WHEN (OLD.audience IS DISTINCT FROM NEW.audience
    OR OLD.borders IS DISTINCT FROM NEW.borders
    OR OLD.incident_audience IS DISTINCT FROM NEW.incident_audience
    OR OLD.incident_red_agency IS DISTINCT FROM NEW.incident_red_agency)
  EXECUTE FUNCTION base.move_assistance();
-- before the assistance goes with the same incident
CREATE TRIGGER move_assistance_delete BEFORE DELETE ON base.distress_notice
  FOR EACH ROW EXECUTE FUNCTION base.move_assistance();
