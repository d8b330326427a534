-- Test: test/procedures/procedures.test.ts, test/procedures/consent.property.test.ts
CREATE OR REPLACE FUNCTION base.settle_procedure(p base.joint_proposal) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  of_procedure uuid := (SELECT v.procedure FROM base.procedure_version AS v WHERE v.proposal = p.id);
BEGIN
  PERFORM 1 FROM base.procedure_version AS v
  WHERE v.procedure = of_procedure AND v.version = 1 FOR NO KEY UPDATE;
  UPDATE base.procedure_version AS v SET agreed_at = p.agreed_at, ended_at = p.ended_at, ended_as = p.ended_as
  WHERE v.proposal = p.id;
  UPDATE base.procedure_version AS v SET replaced_at = n.at
  FROM (
    SELECT o.version, min(lower(w.effective)) AS at
    FROM base.procedure_version AS o
    LEFT JOIN base.procedure_version AS w ON w.procedure = o.procedure AND w.version > o.version
    WHERE o.procedure = of_procedure GROUP BY o.version
  ) AS n
  -- a version that has taken the place of another one keeps it, also when it ends
  WHERE v.procedure = of_procedure AND v.version = n.version AND v.replaced_at IS DISTINCT FROM n.at;
END $$;
COMMENT ON FUNCTION base.settle_procedure IS 'Takes over what became of the proposal of a version. A newer version that is agreed replaces older ones when it takes effect.';
