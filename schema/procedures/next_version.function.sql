CREATE OR REPLACE FUNCTION tripoint.next_version(of_procedure uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tripoint.procedure_version AS v WHERE v.procedure = of_procedure) THEN RETURN NULL; END IF;
  PERFORM 1 FROM base.procedure_version AS v
  WHERE v.procedure = of_procedure AND v.version = 1 FOR NO KEY UPDATE;
  RETURN (SELECT max(v.version) + 1 FROM base.procedure_version AS v WHERE v.procedure = of_procedure);
END $$;
COMMENT ON FUNCTION tripoint.next_version IS 'Number of the next version of a procedure that the caller sees. It counts versions that the caller does not see, and locks the procedure until the end of the transaction.';
REVOKE EXECUTE ON FUNCTION tripoint.next_version FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.next_version TO tripoint_service;
