CREATE OR REPLACE FUNCTION tripoint.lock_proposal(of_proposal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM base.joint_proposal AS p
  WHERE p.id = of_proposal AND p.audience & tripoint.viewer() <> 0 FOR NO KEY UPDATE;
  -- for the next statement: the last consent to a correction places incidents again
  IF EXISTS (SELECT FROM base.joint_proposal AS p WHERE p.id = of_proposal AND p.subject_type = 'reference') THEN
    PERFORM set_config('statement_timeout', '15min', true);
  END IF;
END $$;
COMMENT ON FUNCTION tripoint.lock_proposal IS 'Locks a joint proposal that the caller sees until the end of the transaction, so that decisions about it come one after the other.';
REVOKE EXECUTE ON FUNCTION tripoint.lock_proposal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.lock_proposal TO tripoint_service;
