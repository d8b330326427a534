-- Test: test/exchange/alert-evaluators.test.ts
CREATE OR REPLACE FUNCTION base.purge_alerts(older_than interval, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  purged int;
BEGIN
  DELETE FROM base.alert AS a USING (
    SELECT o.id FROM base.alert AS o WHERE o.at < now() - older_than ORDER BY o.at LIMIT most FOR UPDATE SKIP LOCKED
  ) AS due WHERE a.id = due.id;
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END $$;
COMMENT ON FUNCTION base.purge_alerts IS 'Deletes alerts older than the retention, at most so many at once.';
REVOKE EXECUTE ON FUNCTION base.purge_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_alerts TO tripoint_alerter;
