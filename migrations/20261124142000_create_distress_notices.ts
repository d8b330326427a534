import type { Knex } from 'knex';

/** What rescue bodies learn of an incident in which lives are at risk, whatever its label: rows of their own, kept by a trigger. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.distress_notice (
      id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      incident              uuid NOT NULL UNIQUE REFERENCES base.incident ON DELETE CASCADE,
      nature                text NOT NULL,
      occurred_at           timestamptz NOT NULL,
      point                 geometry(Point, 4326) NOT NULL,
      horizontal_accuracy_m double precision NOT NULL,
      in_need_best          int,
      in_need_low           int,
      in_need_high          int,
      borders               text[] NOT NULL,
      audience              int NOT NULL
    );
    COMMENT ON COLUMN base.distress_notice.id IS 'Random: it tells nothing of the incident, not even its time.';
    COMMENT ON COLUMN base.distress_notice.borders IS 'The nearest one, and where the country is undetermined those of all candidates.';
    COMMENT ON COLUMN base.distress_notice.audience IS 'The countries at these borders; of them, rescue bodies alone.';
    CREATE INDEX distress_notice_point_idx ON base.distress_notice USING gist (point);
    CREATE INDEX distress_notice_newest_idx ON base.distress_notice (occurred_at DESC, id DESC);

    CREATE FUNCTION base.note_distress(i base.incident) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO base.distress_notice AS n (incident, nature, occurred_at, point, horizontal_accuracy_m, in_need_best,
        in_need_low, in_need_high, borders, audience)
      SELECT i.id, i.nature, i.occurred_at, i.point, i.horizontal_accuracy_m, i.counts_best, i.counts_low, i.counts_high,
        coalesce(array_agg(b.code ORDER BY b.code), '{}'), coalesce(bit_or(tripoint.country_bits(b.countries)), 0)
      FROM base.border AS b WHERE b.code = i.border OR b.countries <@ i.candidates
      ON CONFLICT (incident) DO UPDATE SET nature = excluded.nature, occurred_at = excluded.occurred_at,
        point = excluded.point, horizontal_accuracy_m = excluded.horizontal_accuracy_m,
        in_need_best = excluded.in_need_best, in_need_low = excluded.in_need_low, in_need_high = excluded.in_need_high,
        borders = excluded.borders, audience = excluded.audience;
    END $$;

    CREATE FUNCTION base.keep_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF NEW.kind = 'distress' AND NEW.state <> 'cancelled' THEN PERFORM base.note_distress(NEW);
      ELSE DELETE FROM base.distress_notice WHERE incident = NEW.id;
      END IF;
      RETURN NULL;
    END $$;
    -- for each row, so that the writers of all other kinds pay nothing
    CREATE TRIGGER give_notice AFTER INSERT ON base.incident FOR EACH ROW
      WHEN (NEW.kind = 'distress') EXECUTE FUNCTION base.keep_notice();
    CREATE TRIGGER keep_notice AFTER UPDATE ON base.incident FOR EACH ROW
      WHEN (OLD.kind = 'distress' OR NEW.kind = 'distress') EXECUTE FUNCTION base.keep_notice();
    SELECT base.note_distress(i) FROM base.incident AS i WHERE i.kind = 'distress' AND i.state <> 'cancelled';

    -- in plpgsql: planned once for each connection
    CREATE FUNCTION tripoint.rescue_borders() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      RETURN (
        SELECT array_agg(DISTINCT s.border)
        FROM base.mandate AS m
        CROSS JOIN LATERAL (
          SELECT b.code FROM base.border AS b
          WHERE m.scope_type = 'country-border' AND m.scope_id = ANY (b.countries)
          UNION ALL SELECT m.scope_id WHERE m.scope_type = 'border'
          UNION ALL SELECT s.border FROM base.segment AS s WHERE m.scope_type = 'segment' AND s.id = m.scope_id
          UNION ALL SELECT c.border FROM base.crossing AS c WHERE m.scope_type = 'crossing-side' AND c.id = m.scope_id
          -- in degrees, because it is no distance: areas along a line hold it but for the noise of their making
          UNION ALL SELECT e.border FROM base.zone AS z JOIN base.border_edge AS e ON ST_DWithin(e.line, z.area, 0.001)
          WHERE m.scope_type = 'zone' AND z.id = m.scope_id
          UNION ALL SELECT (base.nearest_foot(ST_PointOnSurface(z.area)::geography)).border FROM base.zone AS z
          WHERE m.scope_type = 'zone' AND z.id = m.scope_id
        ) AS s (border)
        WHERE m.agency = nullif(current_setting('tripoint.agency', true), '')
          AND m.function IN ('search_rescue', 'civil_protection')
          AND (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())
      );
    END $$;
    COMMENT ON FUNCTION tripoint.rescue_borders IS 'The borders that a rescue mandate of the caller''s agency touches now, whatever its scope; NULL: none.';
    REVOKE EXECUTE ON FUNCTION tripoint.rescue_borders FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.rescue_borders TO tripoint_service;

    CREATE VIEW tripoint.distress_notice AS
      SELECT id, nature, occurred_at, point, horizontal_accuracy_m, in_need_best, in_need_low, in_need_high, borders,
             audience AS concern
      FROM base.distress_notice
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
        AND borders && (SELECT tripoint.rescue_borders());
    COMMENT ON VIEW tripoint.distress_notice IS 'For rescue bodies of the countries at the border, and for nobody else: who sees the incident sees it there.';
    GRANT SELECT ON tripoint.distress_notice TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.distress_notice;
    DROP FUNCTION tripoint.rescue_borders();
    DROP TRIGGER keep_notice ON base.incident;
    DROP TRIGGER give_notice ON base.incident;
    DROP FUNCTION base.keep_notice(), base.note_distress(base.incident);
    DROP TABLE base.distress_notice;
  `);
