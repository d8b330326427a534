-- Test: test/coordination/subjects.test.ts
CREATE OR REPLACE FUNCTION base.purge_requests(rules json, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  days int := (SELECT r.days FROM json_to_recordset(rules) AS r (nature text, kind text, days int)
    WHERE r.nature = 'actual' AND r.kind = 'other' AND r.days >= 1);
  purged int;
BEGIN
  WITH due AS (
    SELECT q.id FROM base.incident_request AS q
    WHERE q.incident IS NULL AND q.updated_at < now() - days * interval '1 day'
      AND q.due_at < now() - days * interval '1 day'
    ORDER BY q.updated_at LIMIT most
    FOR UPDATE SKIP LOCKED
  )
  DELETE FROM base.incident_request AS q USING due AS d WHERE q.id = d.id;
  GET DIAGNOSTICS purged = ROW_COUNT;
  RETURN purged;
END $$;
COMMENT ON FUNCTION base.purge_requests IS 'Deletes at most so many requests about zones, segments, crossings and places that nobody has changed, and that were due, for the days of an actual incident of the kind other. Requests about incidents go with them.';
REVOKE EXECUTE ON FUNCTION base.purge_requests FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_requests TO tripoint_purger;
