import type { Knex } from 'knex';

/** Which incidents lie in which zones, kept true by triggers on both: docs/decisions/0003-membership-on-write.md. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.incident_zone (
      zone        text NOT NULL REFERENCES base.zone ON DELETE CASCADE,
      incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      occurred_at timestamptz NOT NULL,
      relation    text NOT NULL CHECK (relation IN ('inside', 'edge', 'possible')),
      audience    int NOT NULL,
      red_agency  text,
      PRIMARY KEY (incident, zone)
    );
    COMMENT ON COLUMN base.incident_zone.relation IS 'inside: the whole circle of error; edge: the point, but the circle crosses the outline; possible: only part of the circle.';
    CREATE INDEX incident_zone_newest_idx ON base.incident_zone (zone, occurred_at DESC, incident DESC);

    -- A zone and an incident written at the same time do not see each other. Writers of incidents share this lock,
    -- a writer of a zone waits until it has it alone; either way the later one sees the earlier one's row.
    CREATE FUNCTION base.lock_membership(alone boolean) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      IF alone THEN PERFORM pg_advisory_xact_lock(7462301);
      ELSE PERFORM pg_advisory_xact_lock_shared(7462301);
      END IF;
    END $$;

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

    CREATE FUNCTION base.join_zones() RETURNS trigger
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
    CREATE TRIGGER join_zones AFTER INSERT ON base.incident REFERENCING NEW TABLE AS written
      FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
    CREATE TRIGGER rejoin_zones AFTER UPDATE ON base.incident REFERENCING NEW TABLE AS written
      FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();

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
      -- Not by ST_Subdivide: it would take the points that lie in line with others out again.
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

    CREATE VIEW tripoint.incident_zone AS
      SELECT zone, incident, occurred_at, relation FROM base.incident_zone
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
         OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''));
    GRANT SELECT ON tripoint.incident_zone TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.incident_zone;
    DROP TRIGGER gather_incidents ON base.zone;
    DROP TRIGGER rejoin_zones ON base.incident;
    DROP TRIGGER join_zones ON base.incident;
    DROP TABLE base.incident_zone;
    DROP FUNCTION base.gather_incidents(), base.join_zones(), base.zones_of(geometry, geography, double precision),
      base.lock_membership(boolean);
  `);
