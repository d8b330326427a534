-- Test: test/ogc/tile-cells.test.ts
CREATE OR REPLACE FUNCTION tripoint.fold_incident_cells(most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  chosen bigint[];
  empty json;
BEGIN
  IF NOT pg_try_advisory_xact_lock(tripoint.lock_number('folding')) THEN RETURN 0; END IF;
  -- chosen once: deltas committed meanwhile are left to the next call
  chosen := ARRAY(SELECT d.id FROM base.incident_cell_delta AS d ORDER BY d.id LIMIT most);
  IF cardinality(chosen) = 0 THEN RETURN 0; END IF;
  INSERT INTO base.incident_class (kind, severity, nature, audience, concern)
  SELECT DISTINCT d.kind, d.severity, d.nature, d.audience, d.concern
  FROM base.incident_cell_delta AS d WHERE d.id = ANY (chosen)
  ON CONFLICT DO NOTHING;
  WITH gone AS (
    DELETE FROM base.incident_cell_delta AS d USING base.incident_class AS k
    WHERE d.id = ANY (chosen) AND (k.kind, k.severity, k.nature, k.audience, k.concern)
      = (d.kind, d.severity, d.nature, d.audience, d.concern)
    RETURNING d.cell, d.day, k.id AS class, d.n
  ), whole AS (
    INSERT INTO base.incident_cell AS c (level, cell, class, n)
    SELECT l.level, g.cell >> (2 * (14 - l.level)), g.class, sum(g.n)
    FROM gone AS g CROSS JOIN unnest(ARRAY[0, 6, 8, 10, 12, 14]) AS l (level)
    GROUP BY 1, 2, 3 HAVING sum(g.n) <> 0
    ON CONFLICT (level, cell, class) DO UPDATE SET n = c.n + EXCLUDED.n
    RETURNING c.level, c.cell, c.class, NULL::date AS day, c.n
  ), daily AS (
    INSERT INTO base.incident_cell_day AS c (level, cell, day, class, n)
    SELECT l.level, g.cell >> (2 * (14 - l.level)), g.day, g.class, sum(g.n)
    FROM gone AS g CROSS JOIN unnest(ARRAY[8, 14]) AS l (level)
    GROUP BY 1, 2, 3, 4 HAVING sum(g.n) <> 0
    ON CONFLICT (level, cell, day, class) DO UPDATE SET n = c.n + EXCLUDED.n
    RETURNING c.level, c.cell, c.class, c.day, c.n
  )
  SELECT json_agg(s) INTO empty
  FROM (SELECT w.* FROM whole AS w UNION ALL SELECT y.* FROM daily AS y) AS s WHERE s.n = 0;
  IF empty IS NOT NULL THEN
    DELETE FROM base.incident_cell AS c
    USING json_to_recordset(empty) AS e (level int, cell int, class int, day date)
    WHERE e.day IS NULL AND (c.level, c.cell, c.class) = (e.level, e.cell, e.class) AND c.n = 0;
    DELETE FROM base.incident_cell_day AS c
    USING json_to_recordset(empty) AS e (level int, cell int, class int, day date)
    WHERE (c.level, c.cell, c.day, c.class) = (e.level, e.cell, e.day, e.class) AND c.n = 0;
  END IF;
  RETURN cardinality(chosen);
END $$;
COMMENT ON FUNCTION tripoint.fold_incident_cells IS 'Adds at most so many deltas to the sums, and returns their number; 0 while another process does it. Deltas instead of counters: writers of one cell would wait for each other.';
REVOKE EXECUTE ON FUNCTION tripoint.fold_incident_cells FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.fold_incident_cells TO tripoint_service;
