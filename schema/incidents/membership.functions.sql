-- A zone and an incident written at the same time do not see each other. Writers of incidents share this lock,
-- a writer of a zone waits until it has it alone; either way the later one sees the earlier one's row.
CREATE OR REPLACE FUNCTION base.lock_membership(alone boolean) RETURNS void LANGUAGE sql AS $$
  SELECT CASE WHEN alone THEN pg_advisory_xact_lock(tripoint.lock_number('membership'))
    ELSE pg_advisory_xact_lock_shared(tripoint.lock_number('membership')) END
$$;
COMMENT ON FUNCTION base.lock_membership IS 'Lock of the pairs of incidents and zones, shared for writers of incidents and exclusive for writers of zones.';

-- Most lines are decided by their distance in degrees, which costs a tenth of that on the spheroid: a degree is at most
-- 111.7 km, and at least 110.5 km times the cosine of the latitude. A metre is left for the bow of a geodesic beside its chord.
CREATE OR REPLACE FUNCTION base.reaches(point geometry, geog geography, accuracy_m double precision, line geometry,
  line_geog geography)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN ST_Distance(line, point) * 111700 < accuracy_m - 1 THEN true
    WHEN ST_Distance(line, point) * 110500 * cos(radians(least(89.4, abs(ST_Y(point)) + accuracy_m / 110000)))
      > accuracy_m + 1 THEN false
    ELSE ST_DWithin(line_geog, geog, accuracy_m) END
$$;
COMMENT ON FUNCTION base.reaches IS 'Whether the circle of error of a point touches a short line. Ask base.reach first, which has an index.';

CREATE OR REPLACE FUNCTION base.zones_of(point geometry, geog geography, accuracy_m double precision)
RETURNS TABLE (zone text, revision int, relation text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT m.zone, m.revision, CASE
    WHEN NOT bool_or(m.is_inside) THEN 'possible' WHEN bool_or(NOT m.is_inside) THEN 'edge' ELSE 'inside' END
  FROM (
    SELECT p.zone, p.revision, true AS is_inside
    FROM base.zone_part AS p WHERE ST_Intersects(p.area, zones_of.point)
    UNION ALL
    SELECT e.zone, e.revision, false FROM base.zone_edge AS e
    WHERE e.line && base.reach(zones_of.point, accuracy_m)
      AND base.reaches(zones_of.point, zones_of.geog, accuracy_m, e.line, e.geog)
  ) AS m
  GROUP BY m.zone, m.revision
$$;
COMMENT ON FUNCTION base.zones_of IS 'Zone revisions that the circle of error of a point touches, and how.';

-- Test: test/database/membership.test.ts
CREATE OR REPLACE FUNCTION base.gather_incidents(of_zone text, of_revision int, of_area geometry) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO base.zone_part (zone, revision, area)
  SELECT of_zone, of_revision, (ST_Dump(piece)).geom FROM ST_Subdivide(of_area, 64) AS piece;
  -- Not by ST_Subdivide, which removes points that lie on a straight line again.
  INSERT INTO base.zone_edge (zone, revision, line)
  SELECT of_zone, of_revision, ST_MakeLine(d.geom ORDER BY d.path)
  FROM ST_DumpSegments(ST_Multi(ST_Segmentize(ST_Boundary(of_area), 0.02))) AS d
  GROUP BY d.path[1], (d.path[2] - 1) / 16;

  INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience, red_agency)
  SELECT of_zone, of_revision, i.id, i.occurred_at, CASE
      WHEN NOT bool_or(m.is_inside) THEN 'possible' WHEN bool_or(NOT m.is_inside) THEN 'edge' ELSE 'inside' END,
    i.audience, i.red_agency
  FROM (
    SELECT i.id, true AS is_inside
    FROM base.zone_part AS p JOIN base.incident AS i ON ST_Intersects(p.area, i.point)
    WHERE p.zone = of_zone AND p.revision = of_revision
    UNION ALL
    SELECT i.id, false
    FROM base.zone_edge AS e JOIN base.incident AS i
      ON e.line && base.reach(i.point, i.horizontal_accuracy_m)
      AND base.reaches(i.point, i.geog, i.horizontal_accuracy_m, e.line, e.geog)
    WHERE e.zone = of_zone AND e.revision = of_revision
  ) AS m
  JOIN base.incident AS i ON i.id = m.id
  GROUP BY i.id;
END $$;
COMMENT ON FUNCTION base.gather_incidents IS 'Cuts the area of a revision into pieces and edges, and pairs it with the incidents in it. The caller holds the lock of the membership alone.';
