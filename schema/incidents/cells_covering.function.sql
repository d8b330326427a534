CREATE OR REPLACE FUNCTION tripoint.cells_covering(area geometry, level int) RETURNS int[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  far CONSTANT double precision := 1e-9; -- degrees: cells of points that rounding moves across an edge are included
  across CONSTANT int := 1 << level;
  finer CONSTANT int := 2 * (14 - level);
  box geometry := public.ST_Expand(public.ST_Envelope(area), far);
  north_west int := tripoint.cell_of(public.ST_SetSRID(public.ST_MakePoint(public.ST_XMin(box), public.ST_YMax(box)), 4326)) >> finer;
  south_east int := tripoint.cell_of(public.ST_SetSRID(public.ST_MakePoint(public.ST_XMax(box), public.ST_YMin(box)), 4326)) >> finer;
  is_box CONSTANT boolean := public.ST_Equals(public.ST_Envelope(area), area);
  cells int[] := '{}';
  middle geometry;
BEGIN
  FOR y IN tripoint.cell_column(north_west >> 1) .. tripoint.cell_column(south_east >> 1) LOOP
    FOR x IN tripoint.cell_column(north_west) .. tripoint.cell_column(south_east) LOOP
      middle := public.ST_SetSRID(public.ST_MakePoint(
        (x + 0.5) / across * 360 - 180, degrees(atan(sinh(pi() * (1 - 2 * (y + 0.5) / across))))), 4326);
      CONTINUE WHEN NOT is_box AND NOT public.ST_Intersects(area, public.ST_Expand(public.ST_MakeEnvelope(
        x::float / across * 360 - 180, degrees(atan(sinh(pi() * (1 - 2 * (y + 1)::float / across)))),
        (x + 1)::float / across * 360 - 180, degrees(atan(sinh(pi() * (1 - 2 * y::float / across)))), 4326), far));
      cells := cells || (tripoint.cell_of(middle) >> finer);
    END LOOP;
  END LOOP;
  RETURN cells;
END $$;
COMMENT ON FUNCTION tripoint.cells_covering IS 'The cells of a level (tripoint.cell_of) that an area touches.';
GRANT EXECUTE ON FUNCTION tripoint.cells_covering TO tripoint_service;
