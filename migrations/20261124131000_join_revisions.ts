import type { Knex } from 'knex';

/** Membership of each revision of a zone by itself: one may be in force while another waits or is yet to begin. */
export const up = (db: Knex) =>
  db.raw(`
    DROP TRIGGER gather_incidents ON base.zone;
    DROP FUNCTION base.gather_incidents();

    ALTER TABLE base.zone_part ADD COLUMN revision int;
    ALTER TABLE base.zone_edge ADD COLUMN revision int;
    ALTER TABLE base.incident_zone ADD COLUMN revision int NOT NULL DEFAULT 1;
    UPDATE base.zone_part AS p SET revision = z.revision FROM base.zone AS z WHERE z.id = p.zone;
    UPDATE base.zone_edge AS e SET revision = z.revision FROM base.zone AS z WHERE z.id = e.zone;
    UPDATE base.incident_zone AS m SET revision = z.revision
    FROM base.zone AS z WHERE z.id = m.zone AND z.revision <> m.revision;

    ALTER TABLE base.zone_part ALTER COLUMN revision SET NOT NULL;
    ALTER TABLE base.zone_edge ALTER COLUMN revision SET NOT NULL;
    DROP INDEX base.zone_part_zone_idx, base.zone_edge_zone_idx, base.incident_zone_newest_idx;
    CREATE INDEX zone_part_zone_idx ON base.zone_part (zone, revision);
    CREATE INDEX zone_edge_zone_idx ON base.zone_edge (zone, revision);
    ALTER TABLE base.incident_zone
      ALTER COLUMN revision DROP DEFAULT,
      DROP CONSTRAINT incident_zone_pkey,
      ADD PRIMARY KEY (incident, zone, revision);
    CREATE INDEX incident_zone_newest_idx ON base.incident_zone (zone, revision, occurred_at DESC, incident DESC);

    DROP FUNCTION base.zones_of(geometry, geography, double precision);
    CREATE FUNCTION base.zones_of(point geometry, geog geography, accuracy_m double precision)
    RETURNS TABLE (zone text, revision int, relation text)
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT m.zone, m.revision, CASE
        WHEN NOT bool_or(m.is_inside) THEN 'possible' WHEN bool_or(NOT m.is_inside) THEN 'edge' ELSE 'inside' END
      FROM (
        SELECT p.zone, p.revision, true AS is_inside
        FROM base.zone_part AS p WHERE ST_Intersects(p.area, zones_of.point)
        UNION ALL
        SELECT e.zone, e.revision, false FROM base.zone_edge AS e
        WHERE e.line && base.reach(zones_of.point, accuracy_m) AND ST_DWithin(e.geog, zones_of.geog, accuracy_m)
      ) AS m
      GROUP BY m.zone, m.revision
    $$;

    CREATE OR REPLACE FUNCTION base.join_zones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      PERFORM base.lock_membership(alone => false);
      IF TG_OP = 'UPDATE' THEN
        UPDATE base.report AS r SET audience = i.audience, red_agency = i.red_agency
        FROM written AS i
        WHERE r.incident = i.id AND (r.audience, r.red_agency) IS DISTINCT FROM (i.audience, i.red_agency);
        DELETE FROM base.incident_zone AS m USING written AS i WHERE m.incident = i.id;
      END IF;
      INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience, red_agency)
      SELECT z.zone, z.revision, i.id, i.occurred_at, z.relation, i.audience, i.red_agency
      FROM written AS i CROSS JOIN LATERAL base.zones_of(i.point, i.geog, i.horizontal_accuracy_m) AS z;
      RETURN NULL;
    END $$;

    CREATE FUNCTION base.gather_incidents(of_zone text, of_revision int, of_area geometry) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO base.zone_part (zone, revision, area)
      SELECT of_zone, of_revision, (ST_Dump(piece)).geom FROM ST_Subdivide(of_area, 64) AS piece;
      -- Not by ST_Subdivide: it would take the points that lie in line with others out again.
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
          AND ST_DWithin(e.geog, i.geog, i.horizontal_accuracy_m)
        WHERE e.zone = of_zone AND e.revision = of_revision
      ) AS m
      JOIN base.incident AS i ON i.id = m.id
      GROUP BY i.id;
    END $$;
    COMMENT ON FUNCTION base.gather_incidents IS 'Joins a revision of a zone with the incidents in it; the caller holds the lock of the membership alone.';
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION base.gather_incidents(text, int, geometry);
    DROP FUNCTION base.zones_of(geometry, geography, double precision);
    CREATE FUNCTION base.zones_of(point geometry, geog geography, accuracy_m double precision)
    RETURNS TABLE (zone text, relation text)
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT m.zone, CASE
        WHEN NOT bool_or(m.is_inside) THEN 'possible' WHEN bool_or(NOT m.is_inside) THEN 'edge' ELSE 'inside' END
      FROM (
        SELECT p.zone, true AS is_inside FROM base.zone_part AS p WHERE ST_Intersects(p.area, zones_of.point)
        UNION ALL
        SELECT e.zone, false FROM base.zone_edge AS e
        WHERE e.line && base.reach(zones_of.point, accuracy_m) AND ST_DWithin(e.geog, zones_of.geog, accuracy_m)
      ) AS m
      GROUP BY m.zone
    $$;
    CREATE OR REPLACE FUNCTION base.join_zones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      PERFORM base.lock_membership(alone => false);
      IF TG_OP = 'UPDATE' THEN
        UPDATE base.report AS r SET audience = i.audience, red_agency = i.red_agency
        FROM written AS i
        WHERE r.incident = i.id AND (r.audience, r.red_agency) IS DISTINCT FROM (i.audience, i.red_agency);
        DELETE FROM base.incident_zone AS m USING written AS i WHERE m.incident = i.id;
      END IF;
      INSERT INTO base.incident_zone (zone, incident, occurred_at, relation, audience, red_agency)
      SELECT z.zone, i.id, i.occurred_at, z.relation, i.audience, i.red_agency
      FROM written AS i CROSS JOIN LATERAL base.zones_of(i.point, i.geog, i.horizontal_accuracy_m) AS z;
      RETURN NULL;
    END $$;

    DROP INDEX base.zone_part_zone_idx, base.zone_edge_zone_idx, base.incident_zone_newest_idx;
    DELETE FROM base.zone_part AS p USING base.zone AS z WHERE z.id = p.zone AND z.revision <> p.revision;
    DELETE FROM base.zone_edge AS e USING base.zone AS z WHERE z.id = e.zone AND z.revision <> e.revision;
    DELETE FROM base.incident_zone AS m USING base.zone AS z WHERE z.id = m.zone AND z.revision <> m.revision;
    ALTER TABLE base.zone_part DROP COLUMN revision;
    ALTER TABLE base.zone_edge DROP COLUMN revision;
    ALTER TABLE base.incident_zone DROP COLUMN revision, ADD PRIMARY KEY (incident, zone);
    CREATE INDEX zone_part_zone_idx ON base.zone_part (zone);
    CREATE INDEX zone_edge_zone_idx ON base.zone_edge (zone);
    CREATE INDEX incident_zone_newest_idx ON base.incident_zone (zone, occurred_at DESC, incident DESC);

    CREATE FUNCTION base.gather_incidents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      PERFORM base.lock_membership(alone => true);
      DELETE FROM base.incident_zone AS m WHERE m.zone = NEW.id;
      DELETE FROM base.zone_part AS p WHERE p.zone = NEW.id;
      DELETE FROM base.zone_edge AS e WHERE e.zone = NEW.id;
      IF NEW.state IN ('draft', 'withdrawn') THEN RETURN NULL; END IF;

      INSERT INTO base.zone_part (zone, area)
      SELECT NEW.id, (ST_Dump(piece)).geom FROM ST_Subdivide(NEW.area, 64) AS piece;
      INSERT INTO base.zone_edge (zone, line)
      SELECT NEW.id, ST_MakeLine(d.geom ORDER BY d.path)
      FROM ST_DumpSegments(ST_Multi(ST_Segmentize(ST_Boundary(NEW.area), 0.02))) AS d
      GROUP BY d.path[1], (d.path[2] - 1) / 16;

      INSERT INTO base.incident_zone (zone, incident, occurred_at, relation, audience, red_agency)
      SELECT NEW.id, i.id, i.occurred_at, CASE
          WHEN NOT bool_or(m.is_inside) THEN 'possible' WHEN bool_or(NOT m.is_inside) THEN 'edge' ELSE 'inside' END,
        i.audience, i.red_agency
      FROM (
        SELECT i.id, true AS is_inside
        FROM base.zone_part AS p JOIN base.incident AS i ON ST_Intersects(p.area, i.point)
        WHERE p.zone = NEW.id
        UNION ALL
        SELECT i.id, false
        FROM base.zone_edge AS e JOIN base.incident AS i
          ON e.line && base.reach(i.point, i.horizontal_accuracy_m)
          AND ST_DWithin(e.geog, i.geog, i.horizontal_accuracy_m)
        WHERE e.zone = NEW.id
      ) AS m
      JOIN base.incident AS i ON i.id = m.id
      GROUP BY i.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER gather_incidents AFTER INSERT OR UPDATE OF area, state ON base.zone
      FOR EACH ROW EXECUTE FUNCTION base.gather_incidents();
  `);
