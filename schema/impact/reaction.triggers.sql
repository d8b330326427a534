-- Test: test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.keep_reaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
BEGIN
  IF OLD.done_at IS NULL AND OLD.cancelled_at IS NULL AND tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID,
    ARRAY['done_at', 'done_by', 'note', 'cancelled_at', 'alerted_at', 'updated_at'])
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'reaction % is done or cancelled', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'reaction_is_settled_once';
END $$;
COMMENT ON FUNCTION base.keep_reaction IS 'A reaction is done or cancelled once, and its content never changes.';
CREATE TRIGGER keep_reaction BEFORE UPDATE ON base.reaction
  FOR EACH ROW EXECUTE FUNCTION base.keep_reaction();

CREATE TRIGGER write_own BEFORE UPDATE ON base.reaction
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();

-- Test: test/impact/alerts.test.ts
CREATE OR REPLACE FUNCTION base.alert_late_reaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  a base.impact_assessment;
BEGIN
  SELECT o.* INTO a FROM base.impact_assessment AS o WHERE o.id = NEW.assessment;
  -- who assessed, or approved a critical level for the other side
  PERFORM base.add_impact_alerts(a, NEW, 'reaction-overdue', CASE WHEN a.country = NEW.country THEN a.assessed_by ELSE (
    SELECT c.agency FROM base.joint_consent AS c
    WHERE c.proposal = a.id AND c.country = NEW.country AND c.decision = 'approve' ORDER BY c.at LIMIT 1) END);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.alert_late_reaction IS 'Alerts that a reaction is overdue: the agency that assessed or approved the level for that side, and subscribers.';
CREATE TRIGGER alert_late AFTER UPDATE ON base.reaction
  FOR EACH ROW WHEN (OLD.alerted_at IS NULL AND NEW.alerted_at IS NOT NULL) EXECUTE FUNCTION base.alert_late_reaction();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_reaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'reactions', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'reactions', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
      WHERE (r.done_at, r.cancelled_at) IS DISTINCT FROM (o.done_at, o.cancelled_at)));
  ELSE
    PERFORM base.add_write_entries('remove', 'reactions', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_reaction IS 'Audit log: a reaction is asked for, done or cancelled.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.reaction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();
CREATE TRIGGER audit_update AFTER UPDATE ON base.reaction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();
CREATE TRIGGER audit_delete AFTER DELETE ON base.reaction REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();

-- Test: test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.change_reactions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  is_new boolean := TG_OP = 'INSERT';
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('reactions', r.id, r.assessment, CASE WHEN is_new THEN 0 ELSE r.audience END, r.audience,
      NULL, NULL, NULL, NULL, r.audience)::base.coordination_change
    FROM new_rows AS r));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_reactions IS 'Change feed and webhooks: a reaction is asked for, done, cancelled or overdue.';
CREATE TRIGGER change_insert AFTER INSERT ON base.reaction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_reactions();
CREATE TRIGGER change_update AFTER UPDATE ON base.reaction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_reactions();
