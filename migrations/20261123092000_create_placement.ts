import type { Knex } from 'knex';

/** Where a point is: nearest border, chainage, country or \`undetermined\` (docs/decisions/0004-geodesic-placement.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TYPE base.placement AS (
      country text, candidates text[], border text, segment text,
      border_km double precision, distance_m double precision, line_accuracy_m double precision
    );

    -- KNN on geography orders by the sphere, up to 0.56 % off the spheroid: walk on in that order until no edge
    -- further out can be nearer than the best one.
    CREATE FUNCTION base.nearest_edge(point geography) RETURNS base.border_edge
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    DECLARE
      candidate record;
      nearest base.border_edge;
      nearest_m double precision := 'infinity';
      spheroid_m double precision;
    BEGIN
      FOR candidate IN
        SELECT e AS edge, e.geog <-> point AS sphere_m
        FROM base.border_edge AS e ORDER BY e.geog <-> point LIMIT 2000
      LOOP
        EXIT WHEN candidate.sphere_m > nearest_m * 1.0075;
        spheroid_m := ST_Distance((candidate.edge).geog, point);
        IF spheroid_m < nearest_m THEN
          nearest := candidate.edge;
          nearest_m := spheroid_m;
        END IF;
      END LOOP;
      RETURN nearest;
    END $$;

    -- The foot of the perpendicular in the azimuthal equidistant plane centred on the point: within 19 m of exact,
    -- where the foot on the sphere can miss by more than 50 m.
    CREATE FUNCTION base.chainage_m(edge base.border_edge, point geography) RETURNS double precision
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
      WITH polar AS (
        SELECT ST_Distance(point, ST_StartPoint(edge.line)::geography) AS r1,
               coalesce(ST_Azimuth(point, ST_StartPoint(edge.line)::geography), 0) AS a1,
               ST_Distance(point, ST_EndPoint(edge.line)::geography) AS r2,
               coalesce(ST_Azimuth(point, ST_EndPoint(edge.line)::geography), 0) AS a2
      ), plane AS (
        SELECT r1 * sin(a1) AS x, r1 * cos(a1) AS y,
               r2 * sin(a2) - r1 * sin(a1) AS dx, r2 * cos(a2) - r1 * cos(a1) AS dy
        FROM polar
      )
      SELECT edge.from_m + edge.length_m
             * greatest(0, least(1, -(x * dx + y * dy) / nullif(dx * dx + dy * dy, 0)))
      FROM plane
    $$;

    CREATE FUNCTION tripoint.place(point geometry, accuracy_m double precision) RETURNS base.placement
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      edge base.border_edge := base.nearest_edge(point::geography);
      result base.placement;
      other record;
      is_near boolean;
    BEGIN
      SELECT p.country INTO result.country
      FROM base.country_part AS p WHERE ST_Intersects(p.area, point) LIMIT 1;
      IF edge.border IS NULL THEN RETURN result; END IF;

      result.border := edge.border;
      result.distance_m := ST_Distance(edge.geog, point::geography);
      result.border_km := base.chainage_m(edge, point::geography) / 1000;
      SELECT b.horizontal_accuracy_m INTO result.line_accuracy_m FROM base.border AS b WHERE b.code = edge.border;
      SELECT s.id INTO result.segment FROM base.segment AS s
      WHERE s.border = edge.border AND s.from_km <= result.border_km ORDER BY s.from_km DESC LIMIT 1;

      -- Closer to a border than the point and the line are accurate: either side may be meant.
      FOR other IN SELECT b.code, b.countries, accuracy_m + b.horizontal_accuracy_m AS doubt_m FROM base.border AS b LOOP
        IF other.code = edge.border THEN
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
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.place(geometry, double precision);
    DROP FUNCTION base.chainage_m(base.border_edge, geography);
    DROP FUNCTION base.nearest_edge(geography);
    DROP TYPE base.placement;
  `);
