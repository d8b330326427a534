import type { Knex } from 'knex';

/**
 * How many incidents lie in each cell, for small scales. Writers append what changes and share nothing; what they appended
 * is folded into sums later, by one at a time (docs/decisions/0014-tiles.md).
 */
export const up = (db: Knex) =>
  db.raw(`
    -- plpgsql: as SQL it takes ten times as long, and bulk imports call it for each row
    CREATE FUNCTION tripoint.cell_of(point geometry) RETURNS int
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
      lat double precision := radians(greatest(-85.06, least(85.06, public.ST_Y(point))));
      x int := greatest(0, least(16383, floor((public.ST_X(point) / 360 + 0.5) * 16384)));
      y int := greatest(0, least(16383, floor((0.5 - ln(tan(lat) + 1 / cos(lat)) / (2 * pi())) * 16384)));
    BEGIN
      x := (x | (x << 8)) & 16711935;
      x := (x | (x << 4)) & 252645135;
      x := (x | (x << 2)) & 858993459;
      x := (x | (x << 1)) & 1431655765;
      y := (y | (y << 8)) & 16711935;
      y := (y | (y << 4)) & 252645135;
      y := (y | (y << 2)) & 858993459;
      y := (y | (y << 1)) & 1431655765;
      RETURN x | (y << 1);
    END $$;
    COMMENT ON FUNCTION tripoint.cell_of IS 'The cell of level 14 of WebMercatorQuad, its column and row interleaved bit by bit: cells of a tile are a range, and a cell of the level above is the number without its last two bits.';

    CREATE FUNCTION tripoint.cell_column(cell int) RETURNS int
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
      x int := cell & 1431655765;
    BEGIN
      x := (x | (x >> 1)) & 858993459;
      x := (x | (x >> 2)) & 252645135;
      x := (x | (x >> 4)) & 16711935;
      RETURN (x | (x >> 8)) & 65535;
    END $$;
    COMMENT ON FUNCTION tripoint.cell_column IS 'The column of a cell; of a cell shifted by one bit, the row.';
    GRANT EXECUTE ON FUNCTION tripoint.cell_of, tripoint.cell_column TO tripoint_service;

    CREATE TABLE base.incident_cell_delta (
      id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      cell     int NOT NULL,
      day      date NOT NULL,
      kind     text NOT NULL,
      severity text NOT NULL,
      nature   text NOT NULL,
      audience int NOT NULL,
      concern  int NOT NULL,
      n        int NOT NULL
    );
    COMMENT ON TABLE base.incident_cell_delta IS 'What was added to cells of level 14 and taken from them, and is in no sum yet.';
    CREATE INDEX incident_cell_delta_cell_idx ON base.incident_cell_delta (cell);

    CREATE TABLE base.incident_class (
      id       int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind     text NOT NULL,
      severity text NOT NULL,
      nature   text NOT NULL,
      audience int NOT NULL,
      concern  int NOT NULL,
      UNIQUE (kind, severity, nature, audience, concern)
    );
    COMMENT ON TABLE base.incident_class IS 'What incidents of a sum have in common. RED ones are in none.';

    CREATE TABLE base.incident_cell (
      level smallint NOT NULL,
      cell  int NOT NULL,
      class int NOT NULL,
      n     int NOT NULL,
      PRIMARY KEY (level, cell, class)
    );
    COMMENT ON TABLE base.incident_cell IS 'Sums of levels 6, 8, 10, 12 and 14.';

    CREATE TABLE base.incident_cell_day (
      level smallint NOT NULL,
      cell  int NOT NULL,
      day   date NOT NULL,
      class int NOT NULL,
      n     int NOT NULL,
      PRIMARY KEY (level, cell, day, class)
    );
    COMMENT ON TABLE base.incident_cell_day IS 'Sums of levels 8 and 14 by the day in UTC on which incidents began.';
    CREATE INDEX incident_cell_day_idx ON base.incident_cell_day (level, day, cell);

    CREATE FUNCTION base.note_cells() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
        SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
               i.audience, tripoint.concern(i.tlp, i.owner), count(*)
        FROM new_rows AS i WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7;
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
        SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
               i.audience, tripoint.concern(i.tlp, i.owner), -count(*)
        FROM old_rows AS i WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7;
      ELSE
        INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
        SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
               i.audience, tripoint.concern(i.tlp, i.owner), sum(i.n)
        FROM (
          SELECT point, occurred_at, kind, severity, nature, audience, tlp, owner, 1 AS n FROM new_rows
          UNION ALL
          SELECT point, occurred_at, kind, severity, nature, audience, tlp, owner, -1 FROM old_rows
        ) AS i
        WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(i.n) <> 0;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_cells_insert AFTER INSERT ON base.incident
      REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
    CREATE TRIGGER note_cells_update AFTER UPDATE ON base.incident
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
    CREATE TRIGGER note_cells_delete AFTER DELETE ON base.incident
      REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();

    CREATE FUNCTION tripoint.fold_incident_cells(most int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      chosen bigint[];
      empty json;
    BEGIN
      IF NOT pg_try_advisory_xact_lock(7462303) THEN RETURN 0; END IF;
      -- named once: what is committed meanwhile is for the next time
      chosen := ARRAY(SELECT d.id FROM base.incident_cell_delta AS d ORDER BY d.id LIMIT most);
      IF cardinality(chosen) = 0 THEN RETURN 0; END IF;
      INSERT INTO base.incident_class (kind, severity, nature, audience, concern)
      SELECT DISTINCT d.kind, d.severity, d.nature, d.audience, d.concern
      FROM base.incident_cell_delta AS d WHERE d.id = ANY (chosen)
      ON CONFLICT DO NOTHING;
      WITH gone AS (
        DELETE FROM base.incident_cell_delta AS d USING base.incident_class AS k
        WHERE d.id = ANY (chosen) AND (k.kind, k.severity, k.nature, k.audience, k.concern)
          = (d.kind, d.severity, d.nature, d.audience, d.concern)
        RETURNING d.cell, d.day, k.id AS class, d.n
      ), whole AS (
        INSERT INTO base.incident_cell AS c (level, cell, class, n)
        SELECT l.level, g.cell >> (2 * (14 - l.level)), g.class, sum(g.n)
        FROM gone AS g CROSS JOIN unnest(ARRAY[6, 8, 10, 12, 14]) AS l (level)
        GROUP BY 1, 2, 3 HAVING sum(g.n) <> 0
        ON CONFLICT (level, cell, class) DO UPDATE SET n = c.n + EXCLUDED.n
        RETURNING c.level, c.cell, c.class, NULL::date AS day, c.n
      ), daily AS (
        INSERT INTO base.incident_cell_day AS c (level, cell, day, class, n)
        SELECT l.level, g.cell >> (2 * (14 - l.level)), g.day, g.class, sum(g.n)
        FROM gone AS g CROSS JOIN unnest(ARRAY[8, 14]) AS l (level)
        GROUP BY 1, 2, 3, 4 HAVING sum(g.n) <> 0
        ON CONFLICT (level, cell, day, class) DO UPDATE SET n = c.n + EXCLUDED.n
        RETURNING c.level, c.cell, c.class, c.day, c.n
      )
      SELECT json_agg(s) INTO empty
      FROM (SELECT w.* FROM whole AS w UNION ALL SELECT y.* FROM daily AS y) AS s WHERE s.n = 0;
      IF empty IS NOT NULL THEN
        DELETE FROM base.incident_cell AS c
        USING json_to_recordset(empty) AS e (level int, cell int, class int, day date)
        WHERE e.day IS NULL AND (c.level, c.cell, c.class) = (e.level, e.cell, e.class) AND c.n = 0;
        DELETE FROM base.incident_cell_day AS c
        USING json_to_recordset(empty) AS e (level int, cell int, class int, day date)
        WHERE (c.level, c.cell, c.day, c.class) = (e.level, e.cell, e.day, e.class) AND c.n = 0;
      END IF;
      RETURN cardinality(chosen);
    END $$;
    COMMENT ON FUNCTION tripoint.fold_incident_cells IS 'Moves some of what was appended into the sums, and answers how much; 0 while another process does it.';
    REVOKE EXECUTE ON FUNCTION tripoint.fold_incident_cells FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.fold_incident_cells TO tripoint_service;

    CREATE INDEX incident_red_idx ON base.incident (red_agency, tripoint.cell_of(point)) WHERE red_agency IS NOT NULL;
    CREATE VIEW tripoint.own_red_incident AS
      SELECT id, point, tripoint.cell_of(point) AS cell, kind, severity, nature, occurred_at, period, owner, tlp
      FROM base.incident
      WHERE red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')) AND audience = 0
        AND (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    COMMENT ON VIEW tripoint.own_red_incident IS 'RED incidents are in no sum: the agency counts its own one by one.';
    CREATE VIEW tripoint.incident_cell AS
      SELECT c.level, c.cell, c.class, k.kind, k.severity, k.nature, k.concern, c.n
      FROM base.incident_cell AS c JOIN base.incident_class AS k ON k.id = c.class
      WHERE (k.audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0;
    CREATE VIEW tripoint.incident_cell_day AS
      SELECT c.level, c.cell, c.day, c.class, k.kind, k.severity, k.nature, k.concern, c.n
      FROM base.incident_cell_day AS c JOIN base.incident_class AS k ON k.id = c.class
      WHERE (k.audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0;
    CREATE VIEW tripoint.incident_cell_delta AS
      SELECT id, cell, day, kind, severity, nature, concern, n
      FROM base.incident_cell_delta
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0;
    GRANT SELECT ON tripoint.own_red_incident, tripoint.incident_cell, tripoint.incident_cell_day, tripoint.incident_cell_delta TO tripoint_service;

    INSERT INTO base.incident_class (kind, severity, nature, audience, concern)
    SELECT DISTINCT kind, severity, nature, audience, tripoint.concern(tlp, owner) FROM base.incident WHERE audience <> 0;
    CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
      SELECT tripoint.cell_of(i.point) AS cell, (i.occurred_at AT TIME ZONE 'UTC')::date AS day, k.id AS class, count(*)::int AS n
      FROM base.incident AS i JOIN base.incident_class AS k
        ON (k.kind, k.severity, k.nature, k.audience, k.concern)
         = (i.kind, i.severity, i.nature, i.audience, tripoint.concern(i.tlp, i.owner))
      GROUP BY 1, 2, 3;
    INSERT INTO base.incident_cell (level, cell, class, n)
    SELECT l.level, g.cell >> (2 * (14 - l.level)), g.class, sum(g.n)
    FROM counted AS g CROSS JOIN unnest(ARRAY[6, 8, 10, 12, 14]) AS l (level) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
    INSERT INTO base.incident_cell_day (level, cell, day, class, n)
    SELECT l.level, g.cell >> (2 * (14 - l.level)), g.day, g.class, sum(g.n)
    FROM counted AS g CROSS JOIN unnest(ARRAY[8, 14]) AS l (level) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
    DROP TABLE counted;
    ANALYZE base.incident_class, base.incident_cell, base.incident_cell_day;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.incident_cell_delta, tripoint.incident_cell_day, tripoint.incident_cell, tripoint.own_red_incident;
    DROP INDEX base.incident_red_idx;
    DROP TRIGGER note_cells_delete ON base.incident;
    DROP TRIGGER note_cells_update ON base.incident;
    DROP TRIGGER note_cells_insert ON base.incident;
    DROP FUNCTION tripoint.fold_incident_cells(int), base.note_cells();
    DROP TABLE base.incident_cell_day, base.incident_cell, base.incident_class, base.incident_cell_delta;
    DROP FUNCTION tripoint.cell_column(int), tripoint.cell_of(geometry);
  `);
