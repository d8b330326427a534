-- Test: test/identity/rate-leases.test.ts
CREATE OR REPLACE FUNCTION tripoint.lease_requests(of_minute timestamptz, of_share bytea, size int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  leased int;
BEGIN
  INSERT INTO base.rate_lease AS l (minute, share, used) VALUES (of_minute, of_share, size)
  ON CONFLICT (minute, share) DO UPDATE SET used = l.used + size
  RETURNING used INTO leased;
  IF leased = size THEN
    DELETE FROM base.rate_lease WHERE (minute, share) IN (
      SELECT l.minute, l.share FROM base.rate_lease AS l
      WHERE l.minute < of_minute - interval '1 minute' LIMIT 100 FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN leased;
END $$;
COMMENT ON FUNCTION tripoint.lease_requests IS 'Leases requests of a minute to a process, and answers how many are leased to all. Each new share clears up to a hundred of minutes that have passed.';
REVOKE EXECUTE ON FUNCTION tripoint.lease_requests FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.lease_requests TO tripoint_service;
