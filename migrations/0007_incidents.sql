CREATE FUNCTION base.reach(point geometry, accuracy_m double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.ST_Expand(point,
    accuracy_m / (110000 * cos(radians(least(89.4, abs(public.ST_Y(point)) + accuracy_m / 110000)))),
    accuracy_m / 110000)
$$;
-- Names its schema: indexes are built with a search_path of pg_catalog alone.
COMMENT ON FUNCTION base.reach IS 'A box in degrees that holds the whole circle of error: as wide as it is at the edge nearer to the pole.';

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
GRANT EXECUTE ON FUNCTION tripoint.cell_of TO tripoint_service;

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
  agency                text NOT NULL,
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
  CONSTRAINT incident_period_is_in_order CHECK (occurred_until >= occurred_at),
  CONSTRAINT incident_agency_of_owner FOREIGN KEY (agency, owner) REFERENCES base.agency (id, country)
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
CREATE INDEX incident_updated_idx ON base.incident (updated_at);
CREATE INDEX incident_red_idx ON base.incident (red_agency, tripoint.cell_of(point)) WHERE red_agency IS NOT NULL;

CREATE TABLE base.report (
  id                    uuid PRIMARY KEY,
  incident              uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  agency                text NOT NULL,
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
  red_agency            text,
  owner                 text NOT NULL,
  incident_owner        text NOT NULL,
  tlp                   text CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  releasable_to         text[] NOT NULL DEFAULT '{}',
  own_audience          int GENERATED ALWAYS AS (CASE WHEN tlp IS NOT NULL THEN
    tripoint.audience(tlp, owner, releasable_to)
      | CASE tlp WHEN 'RED' THEN 0 ELSE tripoint.country_bits(ARRAY[incident_owner]) END END) STORED,
  own_red_agency        text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
  CONSTRAINT report_of_others_has_a_label CHECK (tlp IS NOT NULL OR owner = incident_owner),
  CONSTRAINT report_agency_of_owner FOREIGN KEY (agency, owner) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.report IS 'Immutable but for its label: the service''s role may change nothing else.';
COMMENT ON COLUMN base.report.tlp IS 'Its own label, NULL where it follows that of the incident.';
COMMENT ON COLUMN base.report.audience IS 'Of the incident; who is in it must be in own_audience too.';
COMMENT ON COLUMN base.report.own_audience IS 'NULL where it follows the incident. The owner country of the incident sees what others report about it, but for RED.';
CREATE INDEX report_incident_idx ON base.report (incident, at, id);

CREATE TABLE base.incident_zone (
  zone        text NOT NULL,
  incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  occurred_at timestamptz NOT NULL,
  relation    text NOT NULL CHECK (relation IN ('inside', 'edge', 'possible')),
  audience    int NOT NULL,
  red_agency  text,
  revision    int NOT NULL,
  PRIMARY KEY (incident, zone, revision),
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
COMMENT ON COLUMN base.incident_zone.relation IS 'inside: the whole circle of error; edge: the point, but the circle crosses the outline; possible: only part of the circle.';
CREATE INDEX incident_zone_newest_idx ON base.incident_zone (zone, revision, occurred_at DESC, incident DESC);

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

CREATE TABLE base.legal_hold (
  incident  uuid PRIMARY KEY REFERENCES base.incident,
  country   text NOT NULL REFERENCES base.country,
  agency    text NOT NULL,
  reason    text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT legal_hold_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.legal_hold IS 'Incidents that no purge takes. The reference refuses to delete one that is held.';
