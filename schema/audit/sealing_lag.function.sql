-- Test: test/readiness.test.ts
CREATE OR REPLACE FUNCTION tripoint.sealing_lag() RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0)
  FROM base.audit_sealing AS s CROSS JOIN LATERAL base.entries_since(s.done, s.last_txid, s.last_entry, 1) AS e
$$;
COMMENT ON FUNCTION tripoint.sealing_lag IS 'Age in seconds of the next audit entry to be sealed; 0: all are sealed.';
REVOKE EXECUTE ON FUNCTION tripoint.sealing_lag FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.sealing_lag TO tripoint_service;
