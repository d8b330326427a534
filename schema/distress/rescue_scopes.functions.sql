CREATE OR REPLACE FUNCTION base.rescue_scopes() RETURNS TABLE (agency text, country text, border text)
LANGUAGE sql STABLE AS $$
    SELECT m.agency, a.country, s.border
    FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency
    CROSS JOIN LATERAL (
      SELECT b.code FROM base.border AS b
      WHERE m.scope_type = 'country-border' AND m.scope_id = ANY (b.countries)
      UNION ALL SELECT m.scope_id WHERE m.scope_type = 'border'
      UNION ALL SELECT s.border FROM base.segment AS s WHERE m.scope_type = 'segment' AND s.id = m.scope_id
      UNION ALL SELECT c.border FROM base.crossing AS c WHERE m.scope_type = 'crossing-side' AND c.id = m.scope_id
      -- in degrees, because it is a tolerance and not a distance: the outline of an area along a line has noise
      UNION ALL SELECT e.border FROM base.zone AS z JOIN base.border_edge AS e ON ST_DWithin(e.line, z.area, 0.001)
      WHERE m.scope_type = 'zone' AND z.id = m.scope_id
      UNION ALL SELECT (base.nearest_foot(ST_PointOnSurface(z.area)::geography)).border FROM base.zone AS z
      WHERE m.scope_type = 'zone' AND z.id = m.scope_id
    ) AS s (border)
    WHERE m.function IN ('search_rescue', 'civil_protection')
      AND (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())
$$;
COMMENT ON FUNCTION base.rescue_scopes IS 'Borders that rescue mandates touch now, whatever their scope.';

-- In plpgsql: planned once for each connection.
CREATE OR REPLACE FUNCTION tripoint.rescue_borders() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT array_agg(DISTINCT s.border) FROM base.rescue_scopes() AS s
    WHERE s.agency = tripoint.caller_agency()
  );
END $$;
COMMENT ON FUNCTION tripoint.rescue_borders IS 'Borders that a rescue mandate of the caller''s agency touches now, whatever its scope; NULL: no border.';
REVOKE EXECUTE ON FUNCTION tripoint.rescue_borders FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.rescue_borders TO tripoint_service;
