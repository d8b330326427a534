-- Each subject has a branch here, and a function of its own that runs when its proposal is agreed and when it ends.
CREATE OR REPLACE FUNCTION base.settle_subject(p base.joint_proposal) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p.subject_type = 'reference' THEN PERFORM base.settle_reference(p); END IF;
  IF p.subject_type = 'procedure' THEN PERFORM base.settle_procedure(p); END IF;
  IF p.subject_type = 'impact' THEN PERFORM base.settle_impact(p); END IF;
END $$;
COMMENT ON FUNCTION base.settle_subject IS 'Applies to its subject that a joint proposal was agreed, refused or withdrawn. A proposal that expires changes nothing, so its subject need not know.';
