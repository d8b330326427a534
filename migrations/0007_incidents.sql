CREATE FUNCTION base.reach(point geometry, accuracy_m double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.ST_Expand(point,
    accuracy_m / (110000 * cos(radians(least(89.4, abs(public.ST_Y(point)) + accuracy_m / 110000)))),
    accuracy_m / 110000)
$$;
-- Schemas are named, because indexes are built with search_path = pg_catalog.
COMMENT ON FUNCTION base.reach IS 'A box in degrees that contains the whole circle of error. Its width is that at the edge nearer to the pole.';

-- In plpgsql: as SQL it takes ten times as long, and imports call it for each row.
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
COMMENT ON TABLE base.incident IS 'Incidents as their reports add up. A trigger places them on the map.';
COMMENT ON COLUMN base.incident.kind IS 'Closed list; rules for each kind are in base.kind_limit.';
COMMENT ON COLUMN base.incident.nature IS 'actual, exercise, or test: rows for trying the system.';
COMMENT ON COLUMN base.incident.occurred_until IS 'NULL: a moment, not a period.';
COMMENT ON COLUMN base.incident.reported_at IS 'When the service received it.';
COMMENT ON COLUMN base.incident.horizontal_accuracy_m IS 'Radius of the circle of error.';
COMMENT ON COLUMN base.incident.place_text IS 'The place in words.';
COMMENT ON COLUMN base.incident.counts_best IS 'People or things, best estimate; counts_low and counts_high bound it.';
COMMENT ON COLUMN base.incident.source IS 'System that an import came from; empty: none.';
COMMENT ON COLUMN base.incident.external_id IS 'Id in that system. With agency and source it is the identity of an imported row.';
COMMENT ON COLUMN base.incident.owner IS 'Country of the agency: its row.';
COMMENT ON COLUMN base.incident.agency IS 'Agency that reported it first.';
COMMENT ON COLUMN base.incident.tlp IS 'Label: who may see it (Traffic Light Protocol 2.0).';
COMMENT ON COLUMN base.incident.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.incident.content_hash IS 'Of the content as first sent: a repeated PUT with other content is refused.';
COMMENT ON COLUMN base.incident.revision IS 'Counts reports and changes; its ETag.';
COMMENT ON COLUMN base.incident.country IS 'ISO 3166-1 alpha-3; undetermined if nearer to a border than its accuracy; NULL outside the three.';
COMMENT ON COLUMN base.incident.candidates IS 'Countries that come into question if it is undetermined.';
COMMENT ON COLUMN base.incident.border IS 'Nearest border.';
COMMENT ON COLUMN base.incident.segment IS 'Nearest segment.';
COMMENT ON COLUMN base.incident.border_km IS 'Chainage of the nearest point of the border.';
COMMENT ON COLUMN base.incident.distance_to_border_m IS 'Geodesic distance.';
COMMENT ON COLUMN base.incident.period IS 'Closed range: datetime filters ask whether it intersects.';
COMMENT ON COLUMN base.incident.audience IS 'Bitmask of viewers (tripoint.audience).';
COMMENT ON COLUMN base.incident.red_agency IS 'The only viewer of a RED incident.';
COMMENT ON CONSTRAINT incident_period_is_in_order ON base.incident IS 'Filters by time ask whether periods intersect. The range in period refuses such a row first.';
CREATE INDEX incident_point_idx ON base.incident USING gist (point);
CREATE INDEX incident_geog_idx ON base.incident USING gist (geog);
CREATE INDEX incident_reach_idx ON base.incident USING gist (base.reach(point, horizontal_accuracy_m));
CREATE INDEX incident_period_idx ON base.incident USING gist (period);
CREATE INDEX incident_newest_idx ON base.incident (occurred_at DESC, id DESC);
CREATE UNIQUE INDEX incident_external_idx ON base.incident (agency, source, external_id);
COMMENT ON INDEX base.incident_external_idx IS 'Identity of an imported incident. Not the external id alone: its uniqueness would reveal hidden rows of other agencies.';
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
COMMENT ON TABLE base.report IS 'Statements of agencies about incidents. Immutable but for the label: the service may change nothing else.';
COMMENT ON COLUMN base.report.at IS 'Time that the report describes.';
COMMENT ON COLUMN base.report.recorded_at IS 'When the database received it.';
COMMENT ON COLUMN base.report.severity IS 'New value; NULL: not changed. The same holds for certainty, state, counts and point.';
COMMENT ON COLUMN base.report.audience IS 'Bitmask of the incident. A viewer must be in own_audience too.';
COMMENT ON COLUMN base.report.red_agency IS 'Of the incident.';
COMMENT ON COLUMN base.report.owner IS 'Country of its agency.';
COMMENT ON COLUMN base.report.incident_owner IS 'Country that owns the incident.';
COMMENT ON COLUMN base.report.tlp IS 'Its own label; NULL: that of the incident.';
COMMENT ON COLUMN base.report.own_audience IS 'Bitmask of its own label; NULL: follows the incident. The owner of the incident sees reports of others, except RED ones.';
COMMENT ON COLUMN base.report.own_red_agency IS 'The only viewer of a RED report.';
COMMENT ON CONSTRAINT report_of_others_has_a_label ON base.report IS 'A report of another country never follows the label of the incident: whoever widens the incident must not widen the report.';
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
COMMENT ON TABLE base.incident_zone IS 'Pairs of an incident and a zone revision, kept by triggers on both sides: a question about a zone reads an index.';
COMMENT ON COLUMN base.incident_zone.occurred_at IS 'Of the incident, for the order.';
COMMENT ON COLUMN base.incident_zone.relation IS 'inside: the whole circle of error; edge: the point, but the circle crosses the outline; possible: only part of the circle.';
COMMENT ON COLUMN base.incident_zone.audience IS 'Of the incident.';
COMMENT ON COLUMN base.incident_zone.red_agency IS 'Of the incident.';
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
COMMENT ON TABLE base.incident_cell_delta IS 'Changes of counts per cell that no sum contains yet. Append-only, because writers that update one counter wait for each other.';
COMMENT ON COLUMN base.incident_cell_delta.cell IS 'Of level 14 (tripoint.cell_of).';
COMMENT ON COLUMN base.incident_cell_delta.day IS 'In UTC, on which the incidents began.';
COMMENT ON COLUMN base.incident_cell_delta.concern IS 'Bitmask of the countries that own the rows.';
COMMENT ON COLUMN base.incident_cell_delta.n IS 'How many more, or fewer.';
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
COMMENT ON TABLE base.incident_class IS 'What the incidents of one sum have in common. RED incidents have no class.';
COMMENT ON COLUMN base.incident_class.concern IS 'Bitmask of the countries that own the rows.';

CREATE TABLE base.incident_cell (
  level smallint NOT NULL,
  cell  int NOT NULL,
  class int NOT NULL,
  n     int NOT NULL,
  PRIMARY KEY (level, cell, class)
);
COMMENT ON TABLE base.incident_cell IS 'Counts per cell and class, at the levels 6, 8, 10, 12 and 14.';
COMMENT ON COLUMN base.incident_cell.level IS 'Zoom of the grid of tiles.';
COMMENT ON COLUMN base.incident_cell.class IS 'Row of incident_class.';

CREATE TABLE base.incident_cell_day (
  level smallint NOT NULL,
  cell  int NOT NULL,
  day   date NOT NULL,
  class int NOT NULL,
  n     int NOT NULL,
  PRIMARY KEY (level, cell, day, class)
);
COMMENT ON TABLE base.incident_cell_day IS 'Counts per cell, class and day in UTC, at the levels 8 and 14.';
COMMENT ON COLUMN base.incident_cell_day.level IS 'Zoom of the grid of tiles.';
COMMENT ON COLUMN base.incident_cell_day.class IS 'Row of incident_class.';
CREATE INDEX incident_cell_day_idx ON base.incident_cell_day (level, day, cell);

CREATE TABLE base.legal_hold (
  incident  uuid PRIMARY KEY REFERENCES base.incident,
  country   text NOT NULL REFERENCES base.country,
  agency    text NOT NULL,
  reason    text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT legal_hold_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.legal_hold IS 'Incidents that no purge deletes. The foreign key refuses to delete them.';
COMMENT ON COLUMN base.legal_hold.reason IS 'Court order or the like.';
