-- A day begins the day before the period: hours may go past midnight.
-- Test: test/features/crossing-hours.test.ts
CREATE OR REPLACE FUNCTION tripoint.open_hours(hours jsonb, zone text, during tstzrange) RETURNS tstzmultirange
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
    SELECT coalesce(range_agg(tstzrange(
        (d.day + o.opens) AT TIME ZONE zone,
        (d.day + o.closes + CASE WHEN o.closes <= o.opens THEN interval '1 day' ELSE interval '0' END) AT TIME ZONE zone)), '{}')
      * tstzmultirange(during)
    FROM (
      SELECT s::date AS day FROM generate_series(
        (lower(during) AT TIME ZONE zone)::date - 1, (upper(during) AT TIME ZONE zone)::date, interval '1 day') AS s
    ) AS d
    LEFT JOIN LATERAL (
      SELECT e.open FROM jsonb_to_recordset(hours -> 'exceptions') AS e ("from" date, "to" date, open jsonb)
      WHERE d.day >= e."from" AND d.day <= e."to" LIMIT 1
    ) AS e ON true
    CROSS JOIN LATERAL jsonb_to_recordset(coalesce(e.open, hours -> 'weekly')) AS o (days jsonb, opens time, closes time)
    WHERE e.open IS NOT NULL OR o.days @> to_jsonb((ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[extract(isodow FROM d.day)::int])
  );
END $$;
COMMENT ON FUNCTION tripoint.open_hours IS 'Periods in which opening hours are open, in a time zone, within a bounded period.';
GRANT EXECUTE ON FUNCTION tripoint.open_hours TO tripoint_service;
