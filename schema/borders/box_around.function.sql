CREATE OR REPLACE FUNCTION tripoint.box_around(shape geometry, metres double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT public.ST_Expand(public.ST_Envelope(shape),
    metres / (110000 * cos(radians(least(89.4, greatest(abs(public.ST_YMin(shape)), abs(public.ST_YMax(shape))) + metres / 110000)))),
    metres / 110000)
$$;
COMMENT ON FUNCTION tripoint.box_around IS 'A box in degrees that contains everything within this geodesic distance of a shape.';
GRANT EXECUTE ON FUNCTION tripoint.box_around TO tripoint_service;
