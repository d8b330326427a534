-- An incident near an edge that came, went or became less accurate is placed again. For all others the nearest edge is the
-- same (between it and the incident no edge changed): its chainage moves with the edge, and its segment follows from the chainage.
-- Test: test/reference/placed-again.test.ts
CREATE OR REPLACE FUNCTION base.moved_edges(old_edges base.border_edge[]) RETURNS geometry
LANGUAGE sql STABLE AS $$
  SELECT ST_Collect(m.line) FROM (
    SELECT coalesce(o.line, e.line) AS line
    FROM unnest(old_edges) AS o
    FULL JOIN (SELECT * FROM base.border_edge AS e WHERE e.border IN (SELECT o.border FROM unnest(old_edges) AS o)) AS e
      ON e.border = o.border AND e.line = o.line
    WHERE o.line IS NULL OR e.line IS NULL
      -- a border that did not move is here for its accuracy
      OR NOT EXISTS (
        SELECT FROM unnest(old_edges) AS x LEFT JOIN base.border_edge AS y ON y.border = x.border AND y.line = x.line
        WHERE x.border = o.border AND y.line IS NULL)
  ) AS m
$$;
COMMENT ON FUNCTION base.moved_edges IS 'Edges of borders that a correction removed or made; all edges of a border whose accuracy alone changed.';

CREATE OR REPLACE FUNCTION base.shifted_runs(old_edges base.border_edge[])
RETURNS TABLE (border text, from_km double precision, to_km double precision, shift_km double precision)
LANGUAGE sql STABLE AS $$
  WITH same AS (
    SELECT o.border, o.seq, o.from_m, o.from_m + o.length_m AS to_m, e.from_m - o.from_m AS shift_m, o.seq - e.seq AS step
    FROM unnest(old_edges) AS o JOIN base.border_edge AS e ON e.border = o.border AND e.line = o.line
  ), run AS (
    SELECT s.*, s.seq - row_number() OVER (PARTITION BY s.border, s.step ORDER BY s.seq) AS run FROM same AS s
  )
  SELECT r.border, min(r.from_m) / 1000, max(r.to_m) / 1000, avg(r.shift_m) / 1000 FROM run AS r GROUP BY r.border, r.step, r.run
$$;
COMMENT ON FUNCTION base.shifted_runs IS 'Stretches of moved borders whose edges stayed, and by how much their chainage changed.';

-- Test: test/reference/placed-again.test.ts
CREATE OR REPLACE FUNCTION base.placed_again(old_edges base.border_edge[], borders text[], as_caller boolean)
RETURNS TABLE (id uuid, was base.placement, becomes base.placement)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  edges CONSTANT geography := base.moved_edges(old_edges)::geography;
  doubtful_m CONSTANT double precision := (SELECT max(b.horizontal_accuracy_m) FROM base.border AS b);
BEGIN
  RETURN QUERY
  SELECT i.id, (i.country, i.candidates, i.border, i.segment, i.border_km, i.distance_to_border_m, NULL)::base.placement,
    (x.country, x.candidates, x.border, x.segment, x.border_km, x.distance_m, NULL)::base.placement
  FROM (
    SELECT o.* FROM base.incident AS o
    WHERE NOT as_caller OR tripoint.sees(o.audience, o.red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
    OFFSET 0 -- who is hidden is not even placed
  ) AS i
  CROSS JOIN LATERAL (SELECT coalesce(
    ST_DWithin(i.geog, edges, i.distance_to_border_m * 1.01 + i.horizontal_accuracy_m + doubtful_m), false) AS is_near) AS n
  LEFT JOIN base.shifted_runs(old_edges) AS r
    ON NOT n.is_near AND r.border = i.border AND i.border_km >= r.from_km AND i.border_km < r.to_km
  CROSS JOIN LATERAL (
    SELECT (a.at).* FROM (SELECT tripoint.place(i.point, i.horizontal_accuracy_m) AS at) AS a WHERE n.is_near
    UNION ALL
    SELECT i.country, i.candidates, i.border, base.segment_at(i.border, i.border_km + coalesce(r.shift_km, 0)),
      i.border_km + coalesce(r.shift_km, 0), i.distance_to_border_m, NULL
    WHERE NOT n.is_near AND i.border = ANY (borders)
  ) AS x
  WHERE (i.country, i.candidates, i.border, i.segment) IS DISTINCT FROM (x.country, x.candidates, x.border, x.segment)
    OR abs(i.border_km - x.border_km) > 0.0000005 OR abs(i.distance_to_border_m - x.distance_m) > 0.0005;
END $$;
COMMENT ON FUNCTION base.placed_again IS 'Incidents that a correction places again, of all or of those that the caller sees, with their place on the borders before and after.';
