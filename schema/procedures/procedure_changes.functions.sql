CREATE OR REPLACE FUNCTION base.standing_of_procedure(v base.procedure_version) RETURNS base.standing
LANGUAGE sql STABLE AS $$
  SELECT base.standing_of_ends(v.zone, v.audience, v.audience)
$$;
COMMENT ON FUNCTION base.standing_of_procedure IS 'Who sees a version of a procedure: the participants that see the zone.';

CREATE OR REPLACE FUNCTION base.procedures_between(since timestamptz, until timestamptz) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT v.name FROM base.procedure_version AS v
    CROSS JOIN unnest(ARRAY[lower(v.effective), upper(v.effective),
      CASE WHEN v.agreed_at IS NULL AND v.ended_at IS NULL THEN v.open_until END]) AS e (at)
    WHERE e.at > since AND e.at <= until GROUP BY v.name)
$$;
COMMENT ON FUNCTION base.procedures_between IS 'Versions of procedures that took effect, were over, or were not approved in time, within a period.';

-- Test: test/procedures/followed.test.ts
CREATE OR REPLACE FUNCTION base.tell_procedures(changed text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW('procedures', v.name, v.procedure, s.audience, s.audience, s.red, s.red, NULL, NULL, v.audience)::base.coordination_change
    FROM base.procedure_version AS v CROSS JOIN LATERAL base.standing_of_procedure(v) AS s
    WHERE v.name = ANY (changed)));
END $$;
COMMENT ON FUNCTION base.tell_procedures IS 'Adds changes that time alone makes to procedures.';
