-- Test: test/consents/consents.test.ts
CREATE OR REPLACE FUNCTION base.keep_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NOT (
    tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID, ARRAY['agreed_at', 'ended_at', 'ended_as', 'updated_at'])
    AND (OLD.agreed_at IS NULL OR NEW.agreed_at = OLD.agreed_at) AND OLD.ended_at IS NULL)
  THEN
    RAISE EXCEPTION 'proposal % never changes', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'joint_proposal_never_changes';
  END IF;
  IF NEW.agreed_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM unnest(NEW.participants) AS p (country) WHERE NOT EXISTS (
      SELECT 1 FROM base.joint_consent AS c
      WHERE c.proposal = NEW.id AND c.country = p.country AND c.decision = 'approve'))
  THEN
    RAISE EXCEPTION 'not every participant has approved proposal %', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'every_participant_has_approved_it';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.keep_proposal IS 'Refuses to change a joint proposal, to agree it before every participant has approved, and to revive it after its end, whoever writes it.';
CREATE TRIGGER keep_proposal BEFORE INSERT OR UPDATE ON base.joint_proposal
  FOR EACH ROW EXECUTE FUNCTION base.keep_proposal();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.joint_proposal
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();

-- Test: test/consents/consents.test.ts
CREATE OR REPLACE FUNCTION base.settle_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.settle_subject(NEW);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.settle_proposal IS 'A joint proposal that is agreed takes effect, and one that ends loses it, in the transaction of the decision.';
CREATE TRIGGER settle_proposal AFTER UPDATE ON base.joint_proposal
  FOR EACH ROW WHEN (OLD.agreed_at IS DISTINCT FROM NEW.agreed_at OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)
  EXECUTE FUNCTION base.settle_proposal();

-- Test: test/audit/operations.test.ts, test/consents/consents.test.ts
CREATE OR REPLACE FUNCTION base.audit_joint_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'proposals', ARRAY(
      SELECT ROW(r.id, r.audience, NULL)::base.audited FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'proposals', ARRAY(
      SELECT ROW(r.id, r.audience, base.changed_text(
        tripoint.proposal_state(o.agreed_at, o.ended_at, o.ended_as, 'infinity', r.updated_at),
        tripoint.proposal_state(r.agreed_at, r.ended_at, r.ended_as, 'infinity', r.updated_at)))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'proposals', ARRAY(
      SELECT ROW(r.id, r.audience, NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_joint_proposal IS 'Audit log: a joint proposal is made, agreed or ended. It counts as data of all participants.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.joint_proposal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();
CREATE TRIGGER audit_update AFTER UPDATE ON base.joint_proposal REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();
CREATE TRIGGER audit_delete AFTER DELETE ON base.joint_proposal REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();

-- Test: test/consents/consents.test.ts
CREATE OR REPLACE FUNCTION base.change_proposals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  is_new boolean := TG_OP = 'INSERT';
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('proposals', r.id, r.id, CASE WHEN is_new THEN 0 ELSE r.audience END, r.audience,
      NULL, NULL, NULL, NULL, r.audience)::base.coordination_change
    FROM new_rows AS r));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_proposals IS 'Change feed and webhooks: a joint proposal is made or decided about.';
CREATE TRIGGER change_insert AFTER INSERT ON base.joint_proposal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_proposals();
CREATE TRIGGER change_update AFTER UPDATE ON base.joint_proposal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_proposals();
