-- The foot of the perpendicular in the azimuthal equidistant plane centred on the point: distances from the point
-- are true there. The foot on the sphere, which ST_Distance takes, is up to 0.3 % of the distance beside it.
CREATE OR REPLACE FUNCTION base.foot_on(edge base.border_edge, point geography) RETURNS base.foot
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  r1 double precision := ST_Distance(point, ST_StartPoint(edge.line)::geography);
  r2 double precision := ST_Distance(point, ST_EndPoint(edge.line)::geography);
  a1 double precision := coalesce(ST_Azimuth(point, ST_StartPoint(edge.line)::geography), 0);
  a2 double precision := coalesce(ST_Azimuth(point, ST_EndPoint(edge.line)::geography), 0);
  x double precision := r1 * sin(a1);
  y double precision := r1 * cos(a1);
  dx double precision := r2 * sin(a2) - x;
  dy double precision := r2 * cos(a2) - y;
  part double precision := greatest(0, least(1, -(x * dx + y * dy) / nullif(dx * dx + dy * dy, 0)));
BEGIN
  RETURN (edge.border, edge.from_m + edge.length_m * part, sqrt((x + part * dx) ^ 2 + (y + part * dy) ^ 2));
END $$;
COMMENT ON FUNCTION base.foot_on IS 'The foot of the perpendicular from a point to an edge of a border.';

-- KNN on geography orders by the sphere, up to 0.56 % off the spheroid: walk on in that order until no edge
-- further out can be nearer than the best one. ST_Distance is never too short, and too long by 0.002 % at most.
-- Row by row: a loop over the query would read ten edges ahead, and the index finds each among several.
CREATE OR REPLACE FUNCTION base.nearest_foot(point geography) RETURNS base.foot
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  edges CURSOR FOR
    SELECT e AS edge, e.geog, e.geog <-> point AS sphere_m
    FROM base.border_edge AS e ORDER BY e.geog <-> point;
  candidate record;
  foot base.foot;
  nearest base.foot := (NULL, NULL, 'infinity');
BEGIN
  OPEN edges;
  LOOP
    FETCH edges INTO candidate;
    EXIT WHEN NOT FOUND OR candidate.sphere_m > nearest.distance_m * 1.0075;
    CONTINUE WHEN ST_Distance(candidate.geog, point) > nearest.distance_m * 1.0001;
    foot := base.foot_on(candidate.edge, point);
    IF foot.distance_m < nearest.distance_m THEN nearest := foot; END IF;
  END LOOP;
  CLOSE edges;
  RETURN nearest;
END $$;
COMMENT ON FUNCTION base.nearest_foot IS 'The nearest place of any border.';

-- One plan for all points: where PostgreSQL prefers one for each, planning takes as long as all else.
-- Test: test/geodesy/placement.test.ts, test/incidents/left-rows.test.ts
CREATE OR REPLACE FUNCTION tripoint.place(point geometry, accuracy_m double precision) RETURNS base.placement
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = base, public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  here CONSTANT geography := point::geography;
  foot CONSTANT base.foot := base.nearest_foot(here);
  result base.placement;
  most_doubtful_m double precision;
BEGIN
  SELECT
    (SELECT p.country FROM base.country_part AS p WHERE ST_Intersects(p.area, point) LIMIT 1),
    foot.border, foot.chainage_m / 1000, nullif(foot.distance_m, 'infinity'),
    (SELECT b.horizontal_accuracy_m FROM base.border AS b WHERE b.code = foot.border),
    (SELECT s.id FROM base.segment AS s
     WHERE s.border = foot.border AND s.from_km <= foot.chainage_m / 1000 ORDER BY s.from_km DESC LIMIT 1),
    (SELECT max(b.horizontal_accuracy_m) FROM base.border AS b)
  INTO result.country, result.border, result.border_km, result.distance_m, result.line_accuracy_m, result.segment,
    most_doubtful_m;
  IF foot.border IS NULL OR foot.distance_m >= accuracy_m + most_doubtful_m THEN RETURN result; END IF;

  -- Closer to a border than the point and the line are accurate: either side may be meant.
  SELECT array_agg(DISTINCT c.country ORDER BY c.country) INTO result.candidates
  FROM base.border AS b CROSS JOIN LATERAL unnest(b.countries || result.country) AS c (country)
  WHERE c.country IS NOT NULL AND foot.distance_m < accuracy_m + b.horizontal_accuracy_m
    AND (b.code = foot.border OR EXISTS (
      SELECT 1 FROM base.border_edge AS e
      WHERE e.border = b.code AND ST_DWithin(e.geog, here, accuracy_m + b.horizontal_accuracy_m)));
  IF result.candidates IS NOT NULL THEN result.country := 'undetermined'; END IF;
  RETURN result;
END $$;
COMMENT ON FUNCTION tripoint.place IS 'Nearest border, chainage in km, distance in metres (geodesic, WGS 84), and the country or undetermined.';
GRANT EXECUTE ON FUNCTION tripoint.place TO tripoint_service;
