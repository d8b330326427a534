CREATE TABLE base.country (
  code         text PRIMARY KEY CHECK (code IN ('DZA', 'LBY', 'TUN')),
  names        jsonb NOT NULL,
  utc_offset   text NOT NULL,
  time_zone    text NOT NULL,
  area         geometry(MultiPolygon, 4326) NOT NULL CONSTRAINT country_area_is_valid CHECK (ST_IsValid(area)),
  source       text NOT NULL,
  licence      text
);
COMMENT ON TABLE base.country IS 'The three countries.';
COMMENT ON COLUMN base.country.code IS 'ISO 3166-1 alpha-3.';
COMMENT ON COLUMN base.country.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.country.utc_offset IS 'Such as +01:00.';
COMMENT ON COLUMN base.country.time_zone IS 'Of the IANA time zone database.';
COMMENT ON COLUMN base.country.area IS 'With the territorial sea. Along the borders its vertices are those of base.border.';
COMMENT ON COLUMN base.country.licence IS 'Of the source; NULL: not stated.';
COMMENT ON CONSTRAINT country_area_is_valid ON base.country IS 'PostGIS gives wrong answers for invalid areas.';

CREATE TABLE base.country_part (
  country text NOT NULL REFERENCES base.country ON DELETE CASCADE,
  area    geometry(Polygon, 4326) NOT NULL
);
COMMENT ON TABLE base.country_part IS 'The area of a country in small pieces: point in country is an index look-up.';
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
COMMENT ON TABLE base.border IS 'The three land borders.';
COMMENT ON COLUMN base.border.code IS 'The two countries in alphabetical order.';
COMMENT ON COLUMN base.border.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.border.line IS 'Runs from north to south; chainage starts at its first vertex.';
COMMENT ON COLUMN base.border.length_km IS 'Geodesic length of the line.';
COMMENT ON COLUMN base.border.official_length_km IS 'As a government publishes it; it differs from the length of the line.';
COMMENT ON COLUMN base.border.other_published_lengths IS 'Lengths of other sources, each with its source.';
COMMENT ON COLUMN base.border.horizontal_accuracy_m IS 'How far the true line may lie from this one.';
COMMENT ON COLUMN base.border.legal_basis IS 'Treaties and acts that fix the line.';
CREATE INDEX border_line_idx ON base.border USING gist (line);

CREATE TABLE base.border_edge (
  border   text NOT NULL REFERENCES base.border ON DELETE CASCADE,
  seq      int NOT NULL,
  line     geometry(LineString, 4326) NOT NULL,
  geog     geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED,
  from_m   double precision NOT NULL,
  length_m double precision NOT NULL,
  -- seq first: with an index on border the planner leaves the spatial one
  PRIMARY KEY (seq, border)
);
COMMENT ON TABLE base.border_edge IS 'A border as two-point lines with their geodesic chainage: a fraction of a planar line is not a distance.';
COMMENT ON COLUMN base.border_edge.seq IS 'Order from north to south.';
COMMENT ON COLUMN base.border_edge.from_m IS 'Chainage of its first point, in metres.';
COMMENT ON COLUMN base.border_edge.length_m IS 'Geodesic length.';
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
COMMENT ON TABLE base.segment IS 'Named stretches of the borders, 40 to 60 km long.';
COMMENT ON COLUMN base.segment.id IS 'Border and number, such as DZA-TUN-07.';
COMMENT ON COLUMN base.segment.sequence IS 'Order from north to south.';
COMMENT ON COLUMN base.segment.from_km IS 'Chainage of its northern end.';
COMMENT ON COLUMN base.segment.to_km IS 'Chainage of its southern end.';
COMMENT ON COLUMN base.segment.name_basis IS 'Where the name comes from.';
COMMENT ON COLUMN base.segment.admin_units IS 'Administrative units on each side.';
COMMENT ON COLUMN base.segment.impact_level IS 'NULL: not assessed.';
CREATE INDEX segment_line_idx ON base.segment USING gist (line);
CREATE INDEX segment_geog_idx ON base.segment USING gist (geog);
CREATE INDEX segment_chainage_idx ON base.segment (border, from_km);

CREATE TYPE base.placement AS (
  country text, candidates text[], border text, segment text,
  border_km double precision, distance_m double precision, line_accuracy_m double precision
);

CREATE TYPE base.foot AS (border text, chainage_m double precision, distance_m double precision);
COMMENT ON TYPE base.foot IS 'The nearest place of a border to a point.';
