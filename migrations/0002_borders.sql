CREATE TABLE base.country (
  code         text PRIMARY KEY CHECK (code IN ('DZA', 'LBY', 'TUN')),
  names        jsonb NOT NULL,
  utc_offset   text NOT NULL,
  time_zone    text NOT NULL,
  area         geometry(MultiPolygon, 4326) NOT NULL CONSTRAINT country_area_is_valid CHECK (ST_IsValid(area)),
  source       text NOT NULL,
  licence      text
);
COMMENT ON COLUMN base.country.area IS 'With territorial sea; along the borders its vertices are those of base.border.';

CREATE TABLE base.country_part (
  country text NOT NULL REFERENCES base.country ON DELETE CASCADE,
  area    geometry(Polygon, 4326) NOT NULL
);
COMMENT ON TABLE base.country_part IS 'country.area cut into small pieces, so that point in country is an index look-up.';
CREATE INDEX country_part_area_idx ON base.country_part USING gist (area);

CREATE TABLE base.border (
  code                     text PRIMARY KEY CHECK (code IN ('DZA-TUN', 'LBY-TUN', 'DZA-LBY')),
  countries                text[] NOT NULL,
  names                    jsonb NOT NULL,
  line                     geometry(LineString, 4326) NOT NULL,
  length_km                double precision NOT NULL,
  official_length_km       double precision,
  official_length_source   text,
  other_published_lengths  jsonb NOT NULL DEFAULT '[]',
  horizontal_accuracy_m    double precision NOT NULL CHECK (horizontal_accuracy_m >= 0),
  horizontal_accuracy_note text,
  legal_basis              jsonb NOT NULL DEFAULT '[]',
  source                   text NOT NULL,
  licence                  text
);
COMMENT ON COLUMN base.border.line IS 'Runs north to south; chainage starts at its first vertex.';
CREATE INDEX border_line_idx ON base.border USING gist (line);

CREATE TABLE base.border_edge (
  border   text NOT NULL REFERENCES base.border ON DELETE CASCADE,
  seq      int NOT NULL,
  line     geometry(LineString, 4326) NOT NULL,
  geog     geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED,
  from_m   double precision NOT NULL,
  length_m double precision NOT NULL,
  -- seq first: no index on border alone may tempt the planner away from the spatial one
  PRIMARY KEY (seq, border)
);
COMMENT ON TABLE base.border_edge IS 'The border as 2-point lines with their geodesic chainage: a planar fraction of the line is not a distance.';
CREATE INDEX border_edge_line_idx ON base.border_edge USING gist (line);
CREATE INDEX border_edge_geog_idx ON base.border_edge USING gist (geog);

CREATE TABLE base.segment (
  id                    text PRIMARY KEY,
  border                text NOT NULL REFERENCES base.border,
  sequence              int NOT NULL,
  from_km               double precision NOT NULL,
  to_km                 double precision NOT NULL CHECK (to_km > from_km),
  line                  geometry(LineString, 4326) NOT NULL,
  geog                  geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED,
  name                  text NOT NULL,
  name_basis            text,
  admin_units           jsonb NOT NULL DEFAULT '{}',
  horizontal_accuracy_m double precision NOT NULL,
  impact_level          text CHECK (impact_level IN ('low', 'medium', 'high', 'critical')),
  source                text NOT NULL,
  licence               text,
  UNIQUE (border, sequence)
);
CREATE INDEX segment_line_idx ON base.segment USING gist (line);
CREATE INDEX segment_geog_idx ON base.segment USING gist (geog);
CREATE INDEX segment_chainage_idx ON base.segment (border, from_km);

CREATE TYPE base.placement AS (
  country text, candidates text[], border text, segment text,
  border_km double precision, distance_m double precision, line_accuracy_m double precision
);

CREATE TYPE base.foot AS (border text, chainage_m double precision, distance_m double precision);
COMMENT ON TYPE base.foot IS 'The place of a border that is nearest to a point.';
