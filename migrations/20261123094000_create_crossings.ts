import type { Knex } from 'knex';

/** Crossings: two sides, each with a history of what it says about being open; the stricter side counts. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.crossing (
      id                    text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      border                text NOT NULL REFERENCES base.border,
      segment               text NOT NULL REFERENCES base.segment,
      border_km             double precision NOT NULL,
      point                 geometry(Point, 4326) NOT NULL,
      geog                  geography(Point, 4326) GENERATED ALWAYS AS (point::geography) STORED,
      kind                  text NOT NULL CHECK (kind IN ('road', 'rail', 'track', 'pedestrian')),
      names                 jsonb NOT NULL,
      aliases               text[] NOT NULL DEFAULT '{}',
      alternatives          text[] NOT NULL DEFAULT '{}',
      horizontal_accuracy_m double precision NOT NULL,
      position_method       text,
      unverified_items      text[] NOT NULL DEFAULT '{}',
      source                text NOT NULL,
      licence               text
    );
    COMMENT ON COLUMN base.crossing.alternatives IS 'Diversions reported in a source.';
    CREATE INDEX crossing_point_idx ON base.crossing USING gist (point);
    CREATE INDEX crossing_geog_idx ON base.crossing USING gist (geog);

    CREATE TABLE base.crossing_side (
      crossing   text NOT NULL REFERENCES base.crossing,
      country    text NOT NULL REFERENCES base.country,
      names      jsonb NOT NULL,
      admin_unit jsonb,
      PRIMARY KEY (crossing, country)
    );

    CREATE TABLE base.crossing_status (
      id          uuid PRIMARY KEY,
      crossing    text NOT NULL,
      country     text NOT NULL,
      direction   text NOT NULL CHECK (direction IN ('in', 'out', 'both')),
      traffic     text[] NOT NULL DEFAULT '{}',
      state       text NOT NULL CHECK (state IN ('open', 'restricted', 'closed', 'unknown')),
      reason      text,
      valid_from  timestamptz NOT NULL,
      valid_to    timestamptz,
      source      text NOT NULL,
      agency      text REFERENCES base.agency,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      FOREIGN KEY (crossing, country) REFERENCES base.crossing_side,
      CONSTRAINT crossing_status_period_is_in_order CHECK (valid_to > valid_from)
    );
    COMMENT ON COLUMN base.crossing_status.traffic IS 'Classes of traffic it speaks of; empty means all.';
    CREATE INDEX crossing_status_side_idx ON base.crossing_status (crossing, country, valid_from DESC);

    CREATE VIEW tripoint.crossing AS
      SELECT id, border, segment, border_km, point, geog, kind, names, aliases, alternatives,
             horizontal_accuracy_m, position_method, unverified_items, source, licence
      FROM base.crossing
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    CREATE VIEW tripoint.crossing_side AS
      SELECT crossing, country, names, admin_unit FROM base.crossing_side
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
    CREATE VIEW tripoint.crossing_status AS
      SELECT id, crossing, country, direction, traffic, state, reason, valid_from, valid_to, source, agency,
             recorded_at
      FROM base.crossing_status
      WHERE (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0
      WITH LOCAL CHECK OPTION;
    GRANT SELECT ON tripoint.crossing, tripoint.crossing_side TO tripoint_service;
    GRANT SELECT, INSERT ON tripoint.crossing_status TO tripoint_service;

    -- A statement about everything replaces all that was said before it; narrower ones refine it. Where those that
    -- remain disagree, the side is restricted if any of them says closed or restricted.
    -- In plpgsql: a function in SQL that is not inlined is planned anew by each statement that calls it.
    CREATE FUNCTION tripoint.side_state(of_crossing text, of_country text, at timestamptz) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    BEGIN
      RETURN (
        WITH valid AS (
          SELECT s.direction, s.traffic, s.state, s.valid_from, s.recorded_at
          FROM tripoint.crossing_status AS s
          WHERE s.crossing = of_crossing AND s.country = of_country
            AND s.valid_from <= at AND (s.valid_to IS NULL OR s.valid_to > at)
        ), general AS (
          SELECT v.state, v.valid_from, v.recorded_at FROM valid AS v
          WHERE v.direction = 'both' AND v.traffic = '{}'
          ORDER BY v.valid_from DESC, v.recorded_at DESC LIMIT 1
        ), narrower AS (
          SELECT DISTINCT ON (v.direction, v.traffic) v.state FROM valid AS v
          WHERE NOT (v.direction = 'both' AND v.traffic = '{}')
            AND NOT EXISTS (
              SELECT 1 FROM general AS g WHERE (g.valid_from, g.recorded_at) > (v.valid_from, v.recorded_at))
          ORDER BY v.direction, v.traffic, v.valid_from DESC, v.recorded_at DESC
        ), stated AS (
          SELECT state FROM general UNION ALL SELECT state FROM narrower
        )
        SELECT CASE
          WHEN count(*) = 0 THEN 'unknown'
          WHEN count(DISTINCT state) = 1 THEN min(state)
          WHEN bool_or(state IN ('closed', 'restricted')) THEN 'restricted'
          ELSE 'unknown'
        END FROM stated
      );
    END $$;

    CREATE FUNCTION tripoint.crossing_state(of_crossing text, at timestamptz) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    BEGIN
      RETURN (
        SELECT CASE
          WHEN bool_or(s.state = 'closed') THEN 'closed'
          WHEN bool_or(s.state = 'restricted') THEN 'restricted'
          WHEN bool_or(s.state = 'unknown') THEN 'unknown'
          ELSE 'open'
        END
        FROM (
          SELECT tripoint.side_state(of_crossing, c.country, at) AS state
          FROM tripoint.crossing_side AS c WHERE c.crossing = of_crossing
        ) AS s
      );
    END $$;
    COMMENT ON FUNCTION tripoint.crossing_state IS 'The stricter of the two sides at an instant.';
    GRANT EXECUTE ON FUNCTION tripoint.side_state, tripoint.crossing_state TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.crossing_state(text, timestamptz), tripoint.side_state(text, text, timestamptz);
    DROP VIEW tripoint.crossing_status, tripoint.crossing_side, tripoint.crossing;
    DROP TABLE base.crossing_status, base.crossing_side, base.crossing;
  `);
