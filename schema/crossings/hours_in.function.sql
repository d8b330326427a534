-- In plpgsql: a function in SQL that is not inlined is planned again by each statement that calls it.
-- Test: test/features/crossing-availability.test.ts
CREATE OR REPLACE FUNCTION tripoint.hours_in(periods tstzmultirange) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT coalesce(trim_scale(round(sum(extract(epoch FROM upper(p) - lower(p))) / 3600, 4)), 0) FROM unnest(periods) AS p);
END $$;
COMMENT ON FUNCTION tripoint.hours_in IS 'The length of bounded periods in hours.';
GRANT EXECUTE ON FUNCTION tripoint.hours_in TO tripoint_service;
