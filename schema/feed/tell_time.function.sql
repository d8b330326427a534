-- Test: test/exchange/feed-upkeep.test.ts
CREATE OR REPLACE FUNCTION base.tell_time() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  since timestamptz := (SELECT f.clock_at FROM base.feed AS f);
  until timestamptz := clock_timestamp();
  zones text[] := ARRAY(
    SELECT DISTINCT z.id FROM base.zone AS z
    CROSS JOIN unnest(ARRAY[lower(z.shown_during), upper(z.shown_during), z.starts_at, z.valid_to]) AS e (at)
    WHERE e.at > since AND e.at <= until);
  crossings text[] := ARRAY(
    SELECT s.crossing FROM base.crossing_status AS s
    WHERE s.withdrawn_at IS NULL
      AND (s.valid_from > since AND s.valid_from <= until OR s.valid_to > since AND s.valid_to <= until)
    UNION
    SELECT s.crossing FROM (
      SELECT DISTINCT ON (h.crossing, h.country, h.entering, h.traffic) h.crossing, h.country, h.hours
      FROM base.crossing_status AS h
      WHERE h.hours IS NOT NULL AND h.withdrawn_at IS NULL AND h.valid_from <= until AND (h.valid_to IS NULL OR h.valid_to > since)
      ORDER BY h.crossing, h.country, h.entering, h.traffic, h.valid_from DESC, h.recorded_at DESC
    ) AS s
    JOIN base.country AS c ON c.code = s.country
    CROSS JOIN LATERAL unnest(tripoint.open_hours(s.hours, c.time_zone,
      tstzrange(since - interval '1 second', until + interval '1 second'))) AS o (period)
    WHERE lower(o.period) > since AND lower(o.period) <= until OR upper(o.period) > since AND upper(o.period) <= until);
  procedures text[] := base.procedures_between(since, until);
BEGIN
  IF zones = '{}' AND crossings = '{}' AND procedures = '{}' AND until < since + interval '1 minute' THEN RETURN 0; END IF;
  -- another process may have done it meanwhile
  UPDATE base.feed SET clock_at = until WHERE clock_at = since;
  IF NOT FOUND THEN RETURN 0; END IF;
  PERFORM base.add_zone_change(t.id, f.faces, f.faces, since, until)
  FROM unnest(zones) AS t (id)
  CROSS JOIN LATERAL (SELECT array_agg(z) AS faces FROM base.zone AS z WHERE z.id = t.id) AS f;
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
  SELECT 'crossings', t.id, 15, 15, NULL, NULL, 0 FROM unnest(crossings) AS t (id) ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.tell_procedures(procedures);
  RETURN cardinality(zones) + cardinality(crossings) + cardinality(procedures);
END $$;
COMMENT ON FUNCTION base.tell_time IS 'Adds changes that time alone makes: zones that take effect or expire, states of crossings that begin or end, crossings that open or close by their hours, procedures that take effect or are over.';
REVOKE EXECUTE ON FUNCTION base.tell_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.tell_time TO tripoint_clock;
