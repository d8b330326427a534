CREATE OR REPLACE FUNCTION tripoint.lock_zone(of_zone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM base.zone AS z
  WHERE z.id = of_zone AND z.face = 0 AND EXISTS (
    SELECT 1 FROM base.zone AS s
    WHERE s.id = z.id AND tripoint.sees(s.audience & s.shown_to, s.red_agency, (SELECT tripoint.viewer()),
      (SELECT tripoint.caller_agency())))
  FOR NO KEY UPDATE OF z;
END $$;
COMMENT ON FUNCTION tripoint.lock_zone IS 'Locks a zone until the end of the transaction, so that changes and decisions about it come one after the other.';
REVOKE EXECUTE ON FUNCTION tripoint.lock_zone FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.lock_zone TO tripoint_service;
