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
CREATE OR REPLACE FUNCTION base.nearest_foot(point geography) RETURNS base.foot
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  candidate record;
  foot base.foot;
  nearest base.foot := (NULL, NULL, 'infinity');
BEGIN
  FOR candidate IN
    SELECT e AS edge, e.geog <-> point AS sphere_m
    FROM base.border_edge AS e ORDER BY e.geog <-> point LIMIT 2000
  LOOP
    EXIT WHEN candidate.sphere_m > nearest.distance_m * 1.0075;
    CONTINUE WHEN ST_Distance((candidate.edge).geog, point) > nearest.distance_m * 1.0001;
    foot := base.foot_on(candidate.edge, point);
    IF foot.distance_m < nearest.distance_m THEN nearest := foot; END IF;
  END LOOP;
  RETURN nearest;
END $$;
COMMENT ON FUNCTION base.nearest_foot IS 'The nearest place of any border.';

CREATE OR REPLACE FUNCTION tripoint.place(point geometry, accuracy_m double precision) RETURNS base.placement
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  foot base.foot := base.nearest_foot(point::geography);
  result base.placement;
  other record;
  is_near boolean;
BEGIN
  SELECT p.country INTO result.country
  FROM base.country_part AS p WHERE ST_Intersects(p.area, point) LIMIT 1;
  IF foot.border IS NULL THEN RETURN result; END IF;

  result.border := foot.border;
  result.distance_m := foot.distance_m;
  result.border_km := foot.chainage_m / 1000;
  SELECT b.horizontal_accuracy_m INTO result.line_accuracy_m FROM base.border AS b WHERE b.code = foot.border;
  SELECT s.id INTO result.segment FROM base.segment AS s
  WHERE s.border = foot.border AND s.from_km <= result.border_km ORDER BY s.from_km DESC LIMIT 1;

  -- Closer to a border than the point and the line are accurate: either side may be meant.
  FOR other IN SELECT b.code, b.countries, accuracy_m + b.horizontal_accuracy_m AS doubt_m FROM base.border AS b LOOP
    IF other.code = foot.border THEN
      is_near := result.distance_m < other.doubt_m;
    ELSE
      is_near := result.distance_m < other.doubt_m AND EXISTS (
        SELECT 1 FROM base.border_edge AS e
        WHERE e.border = other.code AND ST_DWithin(e.geog, point::geography, other.doubt_m));
    END IF;
    IF is_near THEN result.candidates := result.candidates || other.countries || result.country; END IF;
  END LOOP;
  IF result.candidates IS NOT NULL THEN
    result.candidates := ARRAY(SELECT DISTINCT c FROM unnest(result.candidates) AS c WHERE c IS NOT NULL ORDER BY c);
    result.country := 'undetermined';
  END IF;
  RETURN result;
END $$;
COMMENT ON FUNCTION tripoint.place IS 'Nearest border, chainage in km, distance in metres (geodesic, WGS 84), and the country or undetermined.';
GRANT EXECUTE ON FUNCTION tripoint.place TO tripoint_service;
