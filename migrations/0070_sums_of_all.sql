-- The count of a whole layer is the sum over one cell, level 0, instead of thousands. Nobody folds between the sums that
-- are made here and the function that keeps them from then on.
DO $$
BEGIN
  IF to_regproc('tripoint.lock_number') IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(tripoint.lock_number('folding'));
  END IF;
END $$;
INSERT INTO base.incident_cell (level, cell, class, n)
SELECT 0, 0, c.class, sum(c.n) FROM base.incident_cell AS c WHERE c.level = 6 GROUP BY c.class HAVING sum(c.n) <> 0;
COMMENT ON TABLE base.incident_cell IS 'Counts per cell and class, at the levels 0, 6, 8, 10, 12 and 14; level 0 is the whole earth.';

-- What no sum contains is counted row by row, from the index alone.
DROP INDEX base.incident_red_idx;
CREATE INDEX incident_red_idx ON base.incident (red_agency, tripoint.cell_of(point))
  INCLUDE (point, audience, state, kind, severity, nature) WHERE red_agency IS NOT NULL;
CREATE INDEX incident_cancelled_idx ON base.incident (kind)
  INCLUDE (audience, red_agency, severity, nature) WHERE state = 'cancelled';
