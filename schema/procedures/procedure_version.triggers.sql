CREATE OR REPLACE FUNCTION base.procedure_parties_are(parties text[], v base.procedure_version) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM (
      SELECT z.participants AS countries FROM base.zone_revision AS z
      WHERE z.id = v.zone AND z.proposed_at IS NOT NULL AND z.tlp <> 'RED'
      UNION ALL
      SELECT b.countries FROM base.segment AS s JOIN base.border AS b ON b.code = s.border WHERE s.id = v.segment
      UNION ALL
      SELECT array_agg(s.country) FROM base.crossing_side AS s WHERE s.crossing = v.crossing
    ) AS p
    WHERE p.countries @> parties AND p.countries <@ parties)
$$;
COMMENT ON FUNCTION base.procedure_parties_are IS 'Whether these are all the countries that must agree to a procedure: those of a revision of the zone, of the border, or of the sides of the crossing.';

-- Test: test/procedures/procedures.test.ts
CREATE OR REPLACE FUNCTION base.check_procedure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM base.joint_proposal AS p
      WHERE p.id = NEW.proposal AND p.subject_type = 'procedure' AND p.subject = NEW.procedure || '/' || NEW.version
        AND p.participants = NEW.participants AND p.open_until = NEW.open_until
        AND (p.agreed_at, p.ended_at, p.ended_as) IS NOT DISTINCT FROM (NEW.agreed_at, NEW.ended_at, NEW.ended_as))
    OR TG_OP = 'INSERT' AND NOT base.procedure_parties_are(NEW.participants, NEW)
  THEN
    RAISE EXCEPTION 'version % of procedure % is not what its participants decide about', NEW.version, NEW.procedure
      USING ERRCODE = 'check_violation', CONSTRAINT = 'procedure_is_decided_by_all';
  END IF;
  IF TG_OP = 'UPDATE' AND NOT tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID,
      ARRAY['agreed_at', 'ended_at', 'ended_as', 'replaced_at'])
    OR TG_OP = 'INSERT' AND EXISTS (
      SELECT 1 FROM base.procedure_version AS v
      WHERE v.procedure = NEW.procedure AND (v.zone, v.segment, v.crossing) IS DISTINCT FROM (NEW.zone, NEW.segment, NEW.crossing))
  THEN
    RAISE EXCEPTION 'version % of procedure % never changes', NEW.version, NEW.procedure
      USING ERRCODE = 'check_violation', CONSTRAINT = 'procedure_never_changes';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.check_procedure IS 'Refuses a version that some participant would not decide about, one that is in force before all have approved exactly it, and a change of its content, whoever writes.';
CREATE TRIGGER check_procedure BEFORE INSERT OR UPDATE ON base.procedure_version
  FOR EACH ROW EXECUTE FUNCTION base.check_procedure();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.procedure_version
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();

-- Test: test/audit/operations.test.ts, test/procedures/procedures.test.ts
CREATE OR REPLACE FUNCTION base.audit_procedure_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'procedures', ARRAY(
      SELECT ROW(r.name, r.audience, NULL)::base.audited FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'procedures', ARRAY(
      SELECT ROW(r.name, r.audience, NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.procedure = r.procedure AND o.version = r.version));
  ELSE
    PERFORM base.add_write_entries('remove', 'procedures', ARRAY(
      SELECT ROW(r.name, r.audience, NULL)::base.audited FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_procedure_version IS 'Audit log: a version of a procedure is proposed, or follows its proposal, whose entries say what was decided. It counts as data of all participants.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.procedure_version REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();
CREATE TRIGGER audit_update AFTER UPDATE ON base.procedure_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();
CREATE TRIGGER audit_delete AFTER DELETE ON base.procedure_version REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();

-- Test: test/procedures/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_procedure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('procedures', v.name, v.procedure, CASE TG_OP WHEN 'INSERT' THEN 0 ELSE s.audience END,
      CASE TG_OP WHEN 'DELETE' THEN 0 ELSE s.audience END, CASE WHEN TG_OP <> 'INSERT' THEN s.red END,
      CASE WHEN TG_OP <> 'DELETE' THEN s.red END, NULL, NULL, v.audience)::base.coordination_change
    FROM written AS v CROSS JOIN LATERAL base.standing_of_procedure(v) AS s));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_procedure IS 'Change feed and webhooks: a version of a procedure is proposed, decided about, replaced or removed.';
CREATE TRIGGER change_delete AFTER DELETE ON base.procedure_version REFERENCING OLD TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
CREATE TRIGGER change_insert AFTER INSERT ON base.procedure_version REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
CREATE TRIGGER change_update AFTER UPDATE ON base.procedure_version REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
