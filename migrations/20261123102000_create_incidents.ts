import type { Knex } from 'knex';

/** Incidents and their reports. Country, segment, chainage and distance are computed by the database on write. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE FUNCTION base.reach(point geometry, accuracy_m double precision) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT public.ST_Expand(point,
        accuracy_m / (110000 * cos(radians(least(89.4, abs(public.ST_Y(point)) + accuracy_m / 110000)))),
        accuracy_m / 110000)
    $$;
    -- Names its schema: indexes are built with a search_path of pg_catalog alone.
    COMMENT ON FUNCTION base.reach IS 'A box in degrees that holds the whole circle of error: as wide as it is at the edge nearer to the pole.';

    CREATE TABLE base.incident (
      id                    uuid PRIMARY KEY,
      kind                  text NOT NULL,
      severity              text NOT NULL,
      certainty             text NOT NULL,
      nature                text NOT NULL CHECK (nature IN ('actual', 'exercise', 'test')),
      state                 text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ongoing', 'closed', 'cancelled')),
      occurred_at           timestamptz NOT NULL,
      occurred_until        timestamptz,
      reported_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
      point                 geometry(Point, 4326) NOT NULL,
      geog                  geography(Point, 4326) GENERATED ALWAYS AS (point::geography) STORED,
      horizontal_accuracy_m double precision NOT NULL CHECK (horizontal_accuracy_m >= 0),
      place_text            text,
      description           text,
      counts_best           int,
      counts_low            int,
      counts_high           int,
      source                text NOT NULL DEFAULT '',
      external_id           text,
      owner                 text NOT NULL REFERENCES base.country,
      agency                text NOT NULL REFERENCES base.agency,
      tlp                   text NOT NULL DEFAULT 'AMBER+STRICT'
        CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
      releasable_to         text[] NOT NULL DEFAULT '{}',
      content_hash          bytea NOT NULL,
      revision              int NOT NULL DEFAULT 1,
      country               text,
      candidates            text[],
      border                text,
      segment               text,
      border_km             double precision,
      distance_to_border_m  double precision,
      period                tstzrange GENERATED ALWAYS AS
        (tstzrange(occurred_at, coalesce(occurred_until, occurred_at), '[]')) STORED,
      audience              int GENERATED ALWAYS AS (tripoint.audience(tlp, owner, releasable_to)) STORED,
      red_agency            text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
      CONSTRAINT incident_period_is_in_order CHECK (occurred_until >= occurred_at)
    );
    COMMENT ON COLUMN base.incident.content_hash IS 'Of the content as first sent: tells a repeated PUT from a different one.';
    COMMENT ON COLUMN base.incident.period IS 'Closed: datetime filters ask whether it intersects.';
    COMMENT ON COLUMN base.incident.country IS 'ISO 3166-1 alpha-3, undetermined when nearer to a border than its accuracy, NULL outside the three.';
    CREATE INDEX incident_point_idx ON base.incident USING gist (point);
    CREATE INDEX incident_geog_idx ON base.incident USING gist (geog);
    CREATE INDEX incident_reach_idx ON base.incident USING gist (base.reach(point, horizontal_accuracy_m));
    CREATE INDEX incident_period_idx ON base.incident USING gist (period);
    CREATE INDEX incident_newest_idx ON base.incident (occurred_at DESC, id DESC);
    CREATE UNIQUE INDEX incident_external_idx ON base.incident (agency, source, external_id);

    CREATE TABLE base.report (
      id                    uuid PRIMARY KEY,
      incident              uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      agency                text NOT NULL REFERENCES base.agency,
      at                    timestamptz NOT NULL,
      recorded_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
      text                  text,
      severity              text,
      certainty             text,
      state                 text,
      counts                jsonb,
      point                 geometry(Point, 4326),
      horizontal_accuracy_m double precision,
      audience              int NOT NULL DEFAULT 0,
      red_agency            text
    );
    COMMENT ON TABLE base.report IS 'Immutable: the service''s role may insert, never update. Seen by whoever sees the incident.';
    CREATE INDEX report_incident_idx ON base.report (incident, at, id);

    CREATE FUNCTION base.place_incident() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      placed base.placement := tripoint.place(NEW.point, NEW.horizontal_accuracy_m);
    BEGIN
      NEW.country := placed.country;
      NEW.candidates := placed.candidates;
      NEW.border := placed.border;
      NEW.segment := placed.segment;
      NEW.border_km := placed.border_km;
      NEW.distance_to_border_m := placed.distance_m;
      RETURN NEW;
    END $$;
    CREATE TRIGGER place_incident BEFORE INSERT OR UPDATE OF point, horizontal_accuracy_m ON base.incident
      FOR EACH ROW EXECUTE FUNCTION base.place_incident();

    CREATE FUNCTION base.revise_incident() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.revision := OLD.revision + 1;
      NEW.updated_at := clock_timestamp();
      RETURN NEW;
    END $$;
    CREATE TRIGGER revise_incident BEFORE UPDATE ON base.incident
      FOR EACH ROW EXECUTE FUNCTION base.revise_incident();

    CREATE FUNCTION base.label_report() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT i.audience, i.red_agency INTO NEW.audience, NEW.red_agency
      FROM base.incident AS i WHERE i.id = NEW.incident;
      RETURN NEW;
    END $$;
    CREATE TRIGGER label_report BEFORE INSERT ON base.report
      FOR EACH ROW EXECUTE FUNCTION base.label_report();

    CREATE VIEW tripoint.incident AS
      SELECT id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, updated_at,
             point, geog, horizontal_accuracy_m, place_text, description, counts_best, counts_low, counts_high,
             source, external_id, owner, agency, tlp, releasable_to, content_hash, revision, country, candidates,
             border, segment, border_km, distance_to_border_m, period
      FROM base.incident
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
         OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''))
      WITH LOCAL CHECK OPTION;
    CREATE VIEW tripoint.report AS
      SELECT id, incident, agency, at, recorded_at, text, severity, certainty, state, counts, point,
             horizontal_accuracy_m
      FROM base.report
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
         OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''))
      WITH LOCAL CHECK OPTION;
    GRANT SELECT, INSERT, UPDATE ON tripoint.incident TO tripoint_service;
    GRANT SELECT, INSERT ON tripoint.report TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.report, tripoint.incident;
    DROP TABLE base.report, base.incident;
    DROP FUNCTION base.label_report(), base.revise_incident(), base.place_incident(),
      base.reach(geometry, double precision);
  `);
