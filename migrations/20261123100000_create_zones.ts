import type { Knex } from 'knex';

/** Zones with their revisions, the pieces that make membership quick, and the rules that zones are derived from. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.zone (
      id                    text PRIMARY KEY,
      country               text NOT NULL REFERENCES base.country,
      agency                text REFERENCES base.agency,
      author                text REFERENCES base.agency,
      kind                  text NOT NULL,
      names                 jsonb NOT NULL,
      purpose               text,
      participants          text[] NOT NULL CHECK (cardinality(participants) > 0),
      area                  geometry(MultiPolygon, 4326) NOT NULL
        CONSTRAINT zone_area_is_valid CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area)),
      derived_from          jsonb,
      horizontal_accuracy_m double precision,
      valid_from            timestamptz NOT NULL,
      valid_to              timestamptz,
      legal_act             jsonb,
      notes                 jsonb,
      state                 text NOT NULL
        CHECK (state IN ('draft', 'proposed', 'active', 'suspended', 'expired', 'withdrawn')),
      tlp                   text NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
      releasable_to         text[] NOT NULL DEFAULT '{}',
      source                text,
      revision              int NOT NULL DEFAULT 1,
      created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
      area_km2              double precision GENERATED ALWAYS AS (ST_Area(area::geography) / 1e6) STORED,
      audience              int GENERATED ALWAYS AS (tripoint.audience(tlp, country, releasable_to)
        | CASE tlp WHEN 'RED' THEN 0 ELSE tripoint.country_bits(participants) END) STORED,
      red_agency            text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
      CONSTRAINT zone_period_is_in_order CHECK (valid_to > valid_from)
    );
    COMMENT ON COLUMN base.zone.audience IS 'Participants see a zone whatever its label, but for RED.';
    CREATE INDEX zone_area_idx ON base.zone USING gist (area);

    CREATE TABLE base.zone_revision (LIKE base.zone, PRIMARY KEY (id, revision));
    COMMENT ON TABLE base.zone_revision IS 'Every revision of every zone as it was written; kept by a trigger, never changed.';

    CREATE TABLE base.zone_part (
      zone text NOT NULL REFERENCES base.zone ON DELETE CASCADE,
      area geometry(Polygon, 4326) NOT NULL
    );
    CREATE INDEX zone_part_area_idx ON base.zone_part USING gist (area);
    CREATE INDEX zone_part_zone_idx ON base.zone_part (zone);

    CREATE TABLE base.zone_edge (
      zone text NOT NULL REFERENCES base.zone ON DELETE CASCADE,
      line geometry(LineString, 4326) NOT NULL,
      geog geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED
    );
    COMMENT ON TABLE base.zone_edge IS 'The outline in short pieces: edges are straight in longitude and latitude (RFC 7946), so long ones are divided before they become geodesics.';
    CREATE INDEX zone_edge_line_idx ON base.zone_edge USING gist (line);
    CREATE INDEX zone_edge_geog_idx ON base.zone_edge USING gist (geog);
    CREATE INDEX zone_edge_zone_idx ON base.zone_edge (zone);

    CREATE FUNCTION base.keep_revision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      INSERT INTO base.zone_revision SELECT z.* FROM base.zone AS z WHERE z.id = NEW.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER keep_revision AFTER INSERT OR UPDATE ON base.zone
      FOR EACH ROW EXECUTE FUNCTION base.keep_revision();

    CREATE FUNCTION base.next_revision() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.revision := OLD.revision + 1;
      NEW.updated_at := clock_timestamp();
      RETURN NEW;
    END $$;
    CREATE TRIGGER next_revision BEFORE UPDATE ON base.zone
      FOR EACH ROW EXECUTE FUNCTION base.next_revision();

    CREATE VIEW tripoint.zone AS
      SELECT id, country, agency, author, kind, names, purpose, participants, area, derived_from,
             horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, state, tlp, releasable_to, source,
             revision, created_at, updated_at, area_km2
      FROM base.zone
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
         OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''))
      WITH LOCAL CHECK OPTION;
    CREATE VIEW tripoint.zone_revision AS
      SELECT id, country, agency, author, kind, names, purpose, participants, area, derived_from,
             horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, state, tlp, releasable_to, source,
             revision, created_at, updated_at, area_km2
      FROM base.zone_revision AS r
      WHERE ((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
          OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
        AND EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = r.id);
    COMMENT ON VIEW tripoint.zone_revision IS 'Who may no longer see the zone sees none of its past either.';
    GRANT SELECT, INSERT, UPDATE ON tripoint.zone TO tripoint_service;
    GRANT SELECT ON tripoint.zone_revision TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.zone_revision, tripoint.zone;
    DROP TABLE base.zone_edge, base.zone_part, base.zone_revision, base.zone;
    DROP FUNCTION base.next_revision(), base.keep_revision();
  `);
