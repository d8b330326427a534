-- Set by set: each statement holds when it is valid and no newer one about the same cell is. Most cells have the same statements:
-- each collection of statements is worked out once.
-- Twin: tripoint.side_table in schema/crossings/crossing_state.functions.sql, compared by test/features/crossing-availability.test.ts.
CREATE OR REPLACE FUNCTION tripoint.side_periods(of_crossing text, of_country text, during tstzrange)
RETURNS TABLE (entering text, traffic text, open tstzmultirange, restricted tstzmultirange, closed tstzmultirange, unknown tstzmultirange)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 18 AS $$
BEGIN
  RETURN QUERY
  WITH valid AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY s.valid_from DESC, s.recorded_at DESC) AS n, s.entering, s.traffic, s.state, p.period,
      CASE WHEN s.hours IS NOT NULL THEN tripoint.open_hours(s.hours, c.time_zone, p.period) END AS open
    FROM tripoint.crossing_status AS s
    JOIN tripoint.country AS c ON c.code = s.country
    CROSS JOIN LATERAL (SELECT tstzrange(s.valid_from, s.valid_to) * during AS period) AS p
    WHERE s.crossing = of_crossing AND s.country = of_country AND s.withdrawn_at IS NULL AND NOT isempty(p.period)
  ), cell AS MATERIALIZED (
    SELECT d.country, t.class, array_agg(v.n ORDER BY v.n) AS statements
    FROM tripoint.crossing_side AS d
    CROSS JOIN unnest(tripoint.traffic_classes()) AS t (class)
    LEFT JOIN valid AS v ON (v.entering IS NULL OR v.entering = d.country) AND (v.traffic = '{}' OR t.class = ANY (v.traffic))
    WHERE d.crossing = of_crossing
    GROUP BY d.country, t.class
  ), counted AS (
    SELECT c.statements, v.state, v.open, tstzmultirange(v.period) - coalesce(range_agg(v.period) OVER newer, '{}') AS periods
    FROM (SELECT DISTINCT cell.statements FROM cell) AS c
    LEFT JOIN valid AS v ON v.n = ANY (c.statements)
    WINDOW newer AS (PARTITION BY c.statements, v.state IS NULL ORDER BY v.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ), stated AS (
    SELECT o.statements,
      coalesce(range_agg(o.periods) FILTER (WHERE o.state = 'open'), '{}') AS open,
      coalesce(range_agg(o.periods) FILTER (WHERE o.state = 'restricted'), '{}') AS restricted,
      coalesce(range_agg(o.periods) FILTER (WHERE o.state = 'closed'), '{}') AS closed,
      coalesce(range_agg(o.periods) FILTER (WHERE o.state = 'unknown'), '{}') AS unknown,
      coalesce(range_agg(o.periods * o.open) FILTER (WHERE o.state IS NULL), '{}') AS in_hours,
      coalesce(range_agg(o.periods - o.open) FILTER (WHERE o.state IS NULL), '{}') AS out_of_hours
    FROM counted AS o GROUP BY o.statements
  )
  SELECT c.country, c.class,
    s.open - s.out_of_hours + (s.in_hours - s.open - s.restricted - s.closed - s.unknown),
    s.restricted - s.out_of_hours, s.closed + s.out_of_hours, s.unknown - s.out_of_hours
  FROM cell AS c JOIN stated AS s ON s.statements = c.statements;
END $$;
COMMENT ON FUNCTION tripoint.side_periods IS 'Periods of each state of one side of a crossing, for each direction and class of traffic. What nobody spoke of is in none.';
GRANT EXECUTE ON FUNCTION tripoint.side_periods TO tripoint_service;
