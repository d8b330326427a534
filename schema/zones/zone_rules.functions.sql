CREATE OR REPLACE FUNCTION tripoint.stretch(of_border text, from_km double precision, to_km double precision) RETURNS geometry
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ST_MakeLine(
    ST_LineSubstring(e.line,
      greatest(0, (from_km * 1000 - e.from_m) / e.length_m),
      least(1, (to_km * 1000 - e.from_m) / e.length_m)) ORDER BY e.seq)
  FROM tripoint.border_edge AS e
  WHERE e.border = of_border AND e.from_m < to_km * 1000 AND e.from_m + e.length_m > from_km * 1000
$$;
COMMENT ON FUNCTION tripoint.stretch IS 'The line of a border between two chainages.';
GRANT EXECUTE ON FUNCTION tripoint.stretch TO tripoint_service;

-- The borders run north to south: a transverse Mercator on the middle of the stretch keeps the scale within
-- 0.05 % of true along all of it. Edge by edge, because ST_Buffer of a whole line first fills hollows of up to 1 %
-- of the width, which puts the outline as much as 0.18 % too far out.
CREATE OR REPLACE FUNCTION tripoint.strip(line geometry, width_m double precision) RETURNS geometry
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ST_Transform(
    ST_SimplifyPreserveTopology(ST_Union(ST_Buffer(e.geom, width_m, 'quad_segs=64')), width_m * 0.0001),
    p.proj, 4326)
  FROM (
    SELECT format('+proj=tmerc +lat_0=%s +lon_0=%s +k=1 +datum=WGS84 +units=m +no_defs',
      (ST_YMin(line) + ST_YMax(line)) / 2, (ST_XMin(line) + ST_XMax(line)) / 2) AS proj
  ) AS p
  CROSS JOIN LATERAL ST_DumpSegments(ST_Transform(line, p.proj)) AS e
  GROUP BY p.proj
$$;
COMMENT ON FUNCTION tripoint.strip IS 'Everything within width_m of a line, also beyond its ends.';
GRANT EXECUTE ON FUNCTION tripoint.strip TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.disc(centre geometry, radius_m double precision) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT ST_Transform(ST_Buffer(ST_Point(0, 0), radius_m, 'quad_segs=64'),
    format('+proj=aeqd +lat_0=%s +lon_0=%s +datum=WGS84 +units=m +no_defs', ST_Y(centre), ST_X(centre)), 4326)
$$;
COMMENT ON FUNCTION tripoint.disc IS 'Everything within radius_m of a point: distances from it are exact in the azimuthal equidistant plane.';
GRANT EXECUTE ON FUNCTION tripoint.disc TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.clip_to(area geometry, countries text[]) RETURNS geometry
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ST_Multi(ST_CollectionExtract(ST_Union(ST_Intersection(c.area, clip_to.area)), 3))
  FROM tripoint.country AS c
  WHERE c.code = ANY (countries) AND ST_Intersects(c.area, clip_to.area)
$$;
COMMENT ON FUNCTION tripoint.clip_to IS 'The part of an area that lies in the territory of these countries; NULL if there is no such part.';
GRANT EXECUTE ON FUNCTION tripoint.clip_to TO tripoint_service;
