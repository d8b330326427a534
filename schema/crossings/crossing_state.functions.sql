-- Twin: TRAFFIC_CLASSES in src/features/crossings/crossing.vocabulary.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.traffic_classes() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['passengers', 'goods', 'vehicles', 'pedestrians', 'humanitarian', 'emergency', 'diplomatic', 'livestock',
    'hazardous_goods']
$$;
COMMENT ON FUNCTION tripoint.traffic_classes IS 'Classes of traffic, in the order of the API.';
GRANT EXECUTE ON FUNCTION tripoint.traffic_classes TO tripoint_service;

-- Of the statements about a cell the newest counts: one about its state and one about its opening hours. A statement about all
-- traffic replaces all earlier ones of its kind, so that a long history costs nothing. The stricter of state and hours holds.
-- In plpgsql: a function in SQL that is not inlined is planned again by each statement that calls it. With one plan: PostgreSQL would
-- plan for each list of classes.
-- Twin: tripoint.side_periods in schema/crossings/side_periods.functions.sql, compared by test/features/crossing-availability.test.ts.
CREATE OR REPLACE FUNCTION tripoint.side_table(of_crossing text, of_country text, at timestamptz,
  classes text[] DEFAULT tripoint.traffic_classes())
RETURNS TABLE (entering text, traffic text, state text, basis text, statement uuid)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 18 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
  WITH general AS (
    SELECT
      (SELECT ROW(s.valid_from, s.recorded_at) FROM tripoint.crossing_status AS s
       WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL
         AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
         AND s.entering IS NULL AND s.traffic = '{}' AND s.hours IS NULL
       ORDER BY s.valid_from DESC, s.recorded_at DESC LIMIT 1) AS state,
      (SELECT ROW(s.valid_from, s.recorded_at) FROM tripoint.crossing_status AS s
       WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL
         AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
         AND s.entering IS NULL AND s.traffic = '{}' AND s.hours IS NOT NULL
       ORDER BY s.valid_from DESC, s.recorded_at DESC LIMIT 1) AS hours
  ), valid AS MATERIALIZED (
    SELECT s.id, s.entering, s.traffic, s.state, s.valid_from, s.recorded_at,
      CASE WHEN s.hours IS NOT NULL THEN tripoint.open_hours(s.hours, c.time_zone, tstzrange(at, at, '[]')) @> at END AS is_open
    FROM general AS g
    CROSS JOIN tripoint.crossing_status AS s
    JOIN tripoint.country AS c ON c.code = s.country
    WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL
      AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
      AND (CASE WHEN s.hours IS NULL THEN g.state IS NULL OR ROW(s.valid_from, s.recorded_at) >= g.state
                ELSE g.hours IS NULL OR ROW(s.valid_from, s.recorded_at) >= g.hours END)
  )
  SELECT d.country, t.class,
    CASE WHEN NOT h.is_open AND s.state IS DISTINCT FROM 'closed' THEN 'closed'
      WHEN s.id IS NOT NULL THEN s.state
      WHEN h.id IS NOT NULL THEN 'open'
      ELSE 'unknown' END,
    CASE WHEN h.id IS NOT NULL AND (s.id IS NULL OR NOT h.is_open AND s.state <> 'closed') THEN 'hours'
      WHEN s.id IS NOT NULL THEN 'statement'
      ELSE 'nothing' END,
    CASE WHEN h.id IS NOT NULL AND (s.id IS NULL OR NOT h.is_open AND s.state <> 'closed') THEN h.id ELSE s.id END
  FROM tripoint.crossing_side AS d
  CROSS JOIN unnest(classes) AS t (class)
  LEFT JOIN LATERAL (
    SELECT v.id, v.state FROM valid AS v
    WHERE v.is_open IS NULL AND (v.entering IS NULL OR v.entering = d.country) AND (v.traffic = '{}' OR t.class = ANY (v.traffic))
    ORDER BY v.valid_from DESC, v.recorded_at DESC LIMIT 1
  ) AS s ON true
  LEFT JOIN LATERAL (
    SELECT v.id, v.is_open FROM valid AS v
    WHERE v.is_open IS NOT NULL AND (v.entering IS NULL OR v.entering = d.country) AND (v.traffic = '{}' OR t.class = ANY (v.traffic))
    ORDER BY v.valid_from DESC, v.recorded_at DESC LIMIT 1
  ) AS h ON true
  WHERE d.crossing = of_crossing;
END $$;
COMMENT ON FUNCTION tripoint.side_table IS 'State of one side of a crossing at an instant, for each direction and class of traffic, with the statement behind it.';
GRANT EXECUTE ON FUNCTION tripoint.side_table TO tripoint_service;

-- What nobody spoke of does not count. Where the rest disagrees, the side is restricted if any of it is closed or restricted.
-- Most sides have one statement about everything, newer than all others and without hours: no table is needed for these.
CREATE OR REPLACE FUNCTION tripoint.side_state(of_crossing text, of_country text, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  newest record;
  named text[];
BEGIN
  SELECT s.state, s.entering, s.traffic INTO newest FROM tripoint.crossing_status AS s
  WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL AND s.hours IS NULL
    AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
  ORDER BY s.valid_from DESC, s.recorded_at DESC LIMIT 1;
  IF newest.entering IS NULL AND newest.traffic = '{}' AND NOT EXISTS (
    SELECT FROM tripoint.crossing_status AS s
    WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL AND s.hours IS NOT NULL)
  THEN RETURN newest.state;
  END IF;
  -- what no statement names is one class like the others
  named := ARRAY(
    SELECT DISTINCT c.class FROM tripoint.crossing_status AS s CROSS JOIN unnest(s.traffic) AS c (class)
    WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL AND s.traffic <> '{}');
  RETURN (
    SELECT CASE
      WHEN count(*) = 0 THEN 'unknown'
      WHEN count(DISTINCT t.state) = 1 THEN min(t.state)
      WHEN bool_or(t.state IN ('closed', 'restricted')) THEN 'restricted'
      ELSE 'unknown'
    END
    FROM tripoint.side_table(of_crossing, of_country, at, array_append(named, 'other')) AS t WHERE t.basis <> 'nothing'
  );
END $$;
COMMENT ON FUNCTION tripoint.side_state IS 'State of one side of a crossing at an instant.';
GRANT EXECUTE ON FUNCTION tripoint.side_state TO tripoint_service;

-- Twin: sidesOf in src/features/crossings/crossing.sql.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.crossing_state(of_crossing text, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
    SELECT CASE
      WHEN bool_or(s.state = 'closed') THEN 'closed'
      WHEN bool_or(s.state = 'restricted') THEN 'restricted'
      WHEN bool_or(s.state = 'unknown') THEN 'unknown'
      ELSE 'open'
    END
    FROM (
      SELECT tripoint.side_state(of_crossing, c.country, at) AS state
      FROM tripoint.crossing_side AS c WHERE c.crossing = of_crossing
    ) AS s
  );
END $$;
COMMENT ON FUNCTION tripoint.crossing_state IS 'The stricter state of the two sides at an instant.';
GRANT EXECUTE ON FUNCTION tripoint.crossing_state TO tripoint_service;
