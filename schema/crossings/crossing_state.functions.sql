-- A statement about all traffic replaces all earlier ones; narrower ones refine it. Where the remaining statements
-- disagree, the side is restricted if any of them says closed or restricted.
-- In plpgsql: a function in SQL that is not inlined is planned again by each statement that calls it.
CREATE OR REPLACE FUNCTION tripoint.side_state(of_crossing text, of_country text, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
    WITH valid AS (
      SELECT s.direction, s.traffic, s.state, s.valid_from, s.recorded_at
      FROM tripoint.crossing_status AS s
      WHERE s.crossing = of_crossing AND s.country = of_country
        AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
    ), general AS (
      SELECT v.state, v.valid_from, v.recorded_at FROM valid AS v
      WHERE v.direction = 'both' AND v.traffic = '{}'
      ORDER BY v.valid_from DESC, v.recorded_at DESC LIMIT 1
    ), narrower AS (
      SELECT DISTINCT ON (v.direction, v.traffic) v.state FROM valid AS v
      WHERE NOT (v.direction = 'both' AND v.traffic = '{}')
        AND NOT EXISTS (
          SELECT 1 FROM general AS g WHERE (g.valid_from, g.recorded_at) > (v.valid_from, v.recorded_at))
      ORDER BY v.direction, v.traffic, v.valid_from DESC, v.recorded_at DESC
    ), stated AS (
      SELECT state FROM general UNION ALL SELECT state FROM narrower
    )
    SELECT CASE
      WHEN count(*) = 0 THEN 'unknown'
      WHEN count(DISTINCT state) = 1 THEN min(state)
      WHEN bool_or(state IN ('closed', 'restricted')) THEN 'restricted'
      ELSE 'unknown'
    END FROM stated
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
