-- Twin: judgeConsent in src/features/consents/proposal.lifecycle.ts, compared by test/consents/lifecycle.test.ts.
-- Test: test/consents/consents.test.ts, test/consents/lifecycle.test.ts
CREATE OR REPLACE FUNCTION base.check_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  p base.joint_proposal;
  state text;
BEGIN
  IF NOT tripoint.is_own(NEW.country)
    OR NOT coalesce('coordinator' = ANY (string_to_array(current_setting('tripoint.roles', true), ',')), false)
  THEN
    RAISE EXCEPTION 'a coordinator decides for the own country' USING ERRCODE = 'with_check_option_violation';
  END IF;
  -- decisions about a proposal come one after the other
  SELECT j.* INTO p FROM base.joint_proposal AS j WHERE j.id = NEW.proposal FOR NO KEY UPDATE;
  IF NEW.country <> ALL (p.participants) THEN
    RAISE EXCEPTION 'a participant decides' USING ERRCODE = 'with_check_option_violation';
  END IF;
  -- as answers show it
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  state := tripoint.proposal_state(p.agreed_at, p.ended_at, p.ended_as, p.open_until, NEW.at);
  IF NOT (CASE NEW.decision
    WHEN 'withdraw' THEN state IN ('proposed', 'agreed') AND EXISTS (
      SELECT 1 FROM base.joint_consent AS c
      WHERE c.proposal = p.id AND c.country = NEW.country AND c.decision = 'approve')
    ELSE state = 'proposed' END)
  THEN
    RAISE EXCEPTION 'proposal % is %: % is refused', p.id, state, NEW.decision
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_fits_the_proposal';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.check_consent IS 'Lets a coordinator of a participant decide for the own country alone: approve or refuse while the proposal waits, withdraw an approval as long as it counts.';
CREATE TRIGGER check_consent BEFORE INSERT ON base.joint_consent
  FOR EACH ROW EXECUTE FUNCTION base.check_consent();

-- Test: test/consents/consents.test.ts, test/consents/consent.property.test.ts
CREATE OR REPLACE FUNCTION base.follow_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.joint_proposal AS p SET
    updated_at = NEW.at,
    agreed_at = CASE
      WHEN NEW.decision <> 'approve' THEN p.agreed_at
      WHEN NOT EXISTS (
        SELECT 1 FROM unnest(p.participants) AS t (country) WHERE NOT EXISTS (
          SELECT 1 FROM base.joint_consent AS c
          WHERE c.proposal = p.id AND c.country = t.country AND c.decision = 'approve'))
      THEN NEW.at END,
    ended_at = CASE WHEN NEW.decision <> 'approve' THEN NEW.at END,
    ended_as = CASE NEW.decision WHEN 'refuse' THEN 'refused' WHEN 'withdraw' THEN 'withdrawn' END
  WHERE p.id = NEW.proposal;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.follow_consent IS 'The last approval agrees the proposal; a refusal and a withdrawal end it.';
CREATE TRIGGER follow_consent AFTER INSERT ON base.joint_consent
  FOR EACH ROW EXECUTE FUNCTION base.follow_consent();

-- Test: test/audit/operations.test.ts, test/consents/consents.test.ts
CREATE OR REPLACE FUNCTION base.audit_joint_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'consents', ARRAY(
      SELECT ROW(r.proposal, p.audience, format('%s of %s by %s', r.decision, r.country, r.agency))::base.audited
      FROM new_rows AS r JOIN base.joint_proposal AS p ON p.id = r.proposal));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'consents', ARRAY(
      SELECT ROW(r.proposal, p.audience, NULL)::base.audited
      FROM new_rows AS r JOIN base.joint_proposal AS p ON p.id = r.proposal JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'consents', ARRAY(
      SELECT ROW(r.proposal, tripoint.country_bits(ARRAY[r.country]), NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_joint_consent IS 'Audit log: a country decides about a joint proposal. It counts as data of all participants.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.joint_consent REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
CREATE TRIGGER audit_update AFTER UPDATE ON base.joint_consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
CREATE TRIGGER audit_delete AFTER DELETE ON base.joint_consent REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
