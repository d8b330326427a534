-- Before a row is written

-- Test: test/impact/lifecycle.test.ts, test/impact/impact.test.ts
CREATE OR REPLACE FUNCTION base.keep_assessment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  sides text[] := (SELECT b.countries FROM base.segment AS s JOIN base.border AS b ON b.code = s.border WHERE s.id = NEW.segment);
BEGIN
  IF TG_OP = 'UPDATE' AND NOT (
    tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID, ARRAY['assessed_at', 'assessed_by', 'declined_at',
      'decline_reason', 'open_until', 'agreed_at', 'valid_to', 'ended_at', 'settled_at', 'updated_at'])
    AND (OLD.assessed_at IS NULL AND OLD.declined_at IS NULL
      OR (OLD.assessed_at, OLD.declined_at) IS NOT DISTINCT FROM (NEW.assessed_at, NEW.declined_at)))
  THEN
    RAISE EXCEPTION 'assessment % never changes', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_never_changes';
  END IF;
  IF TG_OP = 'INSERT' AND coalesce(NEW.country <> ALL (sides), true) THEN
    RAISE EXCEPTION '% is not a side of %', NEW.country, NEW.segment
      USING ERRCODE = 'check_violation', CONSTRAINT = 'side_assesses_its_own';
  END IF;
  IF NEW.level = 'critical' THEN
    IF tripoint.audience(NEW.tlp, NEW.country, NEW.releasable_to) & tripoint.country_bits(sides) <> tripoint.country_bits(sides) THEN
      RAISE EXCEPTION 'both sides see a critical level' USING ERRCODE = 'check_violation', CONSTRAINT = 'both_sides_see_critical';
    END IF;
    IF NEW.assessed_at IS NOT NULL AND NEW.open_until IS NULL THEN
      NEW.open_until := NEW.assessed_at + interval '72 hours';
    END IF;
  END IF;
  IF NEW.agreed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.agreed_at IS DISTINCT FROM NEW.agreed_at) AND NOT EXISTS (
    SELECT 1 FROM base.joint_proposal AS p
    WHERE p.id = NEW.id AND p.subject_type = 'impact' AND p.agreed_at = NEW.agreed_at AND p.participants @> sides)
  THEN
    RAISE EXCEPTION 'not both sides have approved assessment %', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'every_participant_has_approved_it';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.keep_assessment IS 'Refuses, whoever writes, to change an assessment, to decide it twice, to assess for a country that is no side, and a critical level that not both sides see or have approved.';
CREATE TRIGGER keep_assessment BEFORE INSERT OR UPDATE ON base.impact_assessment
  FOR EACH ROW EXECUTE FUNCTION base.keep_assessment();

-- With the rights of its caller: only so can it tell the owner of the tables from the service.
-- Test: test/impact/impact.test.ts
CREATE OR REPLACE FUNCTION base.guard_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID)
    OR coalesce('coordinator' = ANY (string_to_array(current_setting('tripoint.roles', true), ',')), false)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a coordinator assesses' USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.guard_assessment IS 'Lets coordinators alone assess and decline; operators propose.';
CREATE TRIGGER guard_assessment BEFORE INSERT OR UPDATE ON base.impact_assessment
  FOR EACH ROW WHEN (NEW.assessed_at IS NOT NULL OR NEW.declined_at IS NOT NULL) EXECUTE FUNCTION base.guard_assessment();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.impact_assessment
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();

-- After a row is written

-- Test: test/impact/impact.test.ts, test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.follow_assessment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  since timestamptz := CASE NEW.level WHEN 'critical' THEN NEW.agreed_at ELSE NEW.assessed_at END;
  moment timestamptz := clock_timestamp();
  -- before both sides have agreed there is no level that could end
  counts boolean := since IS NOT NULL;
BEGIN
  IF NEW.ended_at IS NOT NULL OR NEW.settled_at IS NOT NULL THEN
    UPDATE base.reaction AS r SET cancelled_at = moment, updated_at = moment
    WHERE r.assessment = NEW.id AND r.done_at IS NULL AND r.cancelled_at IS NULL;
  ELSIF since IS NOT NULL THEN
    PERFORM base.write_reactions(NEW, since);
  END IF;
  IF NOT counts THEN RETURN NULL; END IF;
  IF NEW.tlp = 'CLEAR' THEN PERFORM base.settle_level(NEW.segment); END IF;
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
  VALUES ('impact', NEW.segment, NEW.audience, NEW.audience, NULL, NULL,
    CASE WHEN NEW.tlp = 'CLEAR' THEN 0 ELSE tripoint.country_bits(ARRAY[NEW.country]) END)
  ON CONFLICT (xid, collection, id) DO UPDATE SET audience_before = c.audience_before | EXCLUDED.audience_before,
    audience_after = c.audience_after | EXCLUDED.audience_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.tell('impact', 1, NEW.audience, NULL, ST_Extent(s.line), true) FROM base.segment AS s WHERE s.id = NEW.segment;
  PERFORM base.add_impact_alerts(NEW, NULL, 'impact', NULL);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.follow_assessment IS 'When a level takes effect or ends: its reactions, the level that everybody sees at the segment, the layer of levels, and alerts.';
CREATE TRIGGER follow_insert AFTER INSERT ON base.impact_assessment
  FOR EACH ROW EXECUTE FUNCTION base.follow_assessment();
CREATE TRIGGER follow_update AFTER UPDATE ON base.impact_assessment
  FOR EACH ROW WHEN (OLD.assessed_at IS DISTINCT FROM NEW.assessed_at
    OR OLD.agreed_at IS DISTINCT FROM NEW.agreed_at
    OR OLD.ended_at IS DISTINCT FROM NEW.ended_at
    OR OLD.settled_at IS DISTINCT FROM NEW.settled_at)
  EXECUTE FUNCTION base.follow_assessment();

-- After a statement

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_impact_assessment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'assessments', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'assessments', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), base.changed_text(
        tripoint.impact_state(o.level, o.assessed_at, o.declined_at, o.agreed_at, o.valid_to, o.ended_at, o.open_until, o.updated_at),
        tripoint.impact_state(r.level, r.assessed_at, r.declined_at, r.agreed_at, r.valid_to, r.ended_at, r.open_until, r.updated_at)
      ))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'assessments', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_impact_assessment IS 'Audit log: a level is proposed, assessed, declined, agreed or ended.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.impact_assessment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();
CREATE TRIGGER audit_update AFTER UPDATE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();
CREATE TRIGGER audit_delete AFTER DELETE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();

-- Test: test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.change_assessments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('assessments', r.id, r.id, 0, r.audience, NULL, NULL, NULL, NULL, tripoint.country_bits(ARRAY[r.country]))::base.coordination_change
      FROM new_rows AS r));
  ELSE
    PERFORM base.add_coordination_changes(ARRAY(
      SELECT ROW('assessments', r.id, r.id, o.audience, r.audience, NULL, NULL, NULL, NULL, tripoint.country_bits(ARRAY[r.country]))::base.coordination_change
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_assessments IS 'Change feed and webhooks: an assessment is made, decided, agreed or ended. Who sees it by its label does so once it is assessed.';
CREATE TRIGGER change_insert AFTER INSERT ON base.impact_assessment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_assessments();
CREATE TRIGGER change_update AFTER UPDATE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_assessments();
