-- Reference data can be corrected: by files that countries agree to, with the history of each row.
ALTER TABLE base.border ADD COLUMN valid_from timestamptz, ADD COLUMN correction uuid;
ALTER TABLE base.segment ADD COLUMN valid_from timestamptz, ADD COLUMN correction uuid;
ALTER TABLE base.crossing ADD COLUMN valid_from timestamptz, ADD COLUMN correction uuid;
ALTER TABLE base.crossing_side ADD COLUMN valid_from timestamptz, ADD COLUMN correction uuid;
COMMENT ON COLUMN base.border.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON COLUMN base.border.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.segment.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON COLUMN base.segment.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.crossing.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON COLUMN base.crossing.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.crossing_side.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON COLUMN base.crossing_side.correction IS 'Correction that made this version; NULL: none.';

CREATE TABLE base.reference_version (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  collection text NOT NULL,
  id         text NOT NULL,
  content    jsonb NOT NULL,
  geometry   geometry(Geometry, 4326),
  valid_from timestamptz,
  valid_to   timestamptz NOT NULL,
  correction uuid,
  ended_by   uuid,
  CONSTRAINT reference_version_period_is_in_order CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE base.reference_version IS 'Earlier versions of borders, segments, crossings and their sides: only ever inserted into. Triggers of those tables write them.';
COMMENT ON COLUMN base.reference_version.collection IS 'borders, segments, crossings or sides.';
COMMENT ON COLUMN base.reference_version.id IS 'Id of the row; of a side: crossing/country.';
COMMENT ON COLUMN base.reference_version.content IS 'The row without its geometry. JSON, so that the tables may get new columns.';
COMMENT ON COLUMN base.reference_version.geometry IS 'Line or point; NULL for a side.';
COMMENT ON COLUMN base.reference_version.valid_from IS 'NULL: the first version.';
COMMENT ON COLUMN base.reference_version.valid_to IS 'Exclusive.';
COMMENT ON COLUMN base.reference_version.correction IS 'Correction that made the version; NULL: none.';
COMMENT ON COLUMN base.reference_version.ended_by IS 'Correction that replaced it; NULL: the owner of the tables changed the row.';
COMMENT ON CONSTRAINT reference_version_period_is_in_order ON base.reference_version IS 'A version that ends before it begins would be in force at no instant.';
CREATE INDEX reference_version_row_idx ON base.reference_version (collection, id, valid_to);
CREATE INDEX reference_version_correction_idx ON base.reference_version (ended_by);

CREATE TABLE base.correction (
  id           uuid PRIMARY KEY,
  agency       text NOT NULL,
  country      text NOT NULL REFERENCES base.country,
  participants text[] NOT NULL,
  touches      text[] NOT NULL,
  source       text NOT NULL,
  reason       text,
  valid_from   timestamptz,
  features     jsonb NOT NULL,
  proposal     uuid,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  applied_at   timestamptz,
  closed_at    timestamptz,
  audience     int GENERATED ALWAYS AS (CASE WHEN applied_at IS NULL THEN tripoint.country_bits(participants || country) ELSE 15 END) STORED,
  concern      int GENERATED ALWAYS AS (CASE WHEN applied_at IS NULL THEN tripoint.country_bits(participants || country) ELSE 0 END) STORED,
  CONSTRAINT correction_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.correction IS 'Corrections of the reference data: files with changed borders, segments, crossings and sides. One that is applied never changes.';
COMMENT ON COLUMN base.correction.agency IS 'Agency that proposed it.';
COMMENT ON COLUMN base.correction.country IS 'Country of that agency.';
COMMENT ON COLUMN base.correction.participants IS 'Countries that must agree: both of a line, one of a side.';
COMMENT ON COLUMN base.correction.touches IS 'Rows that it changes, and the borders of its lines, as collection/id. Of two proposals about one row only the first can be applied.';
COMMENT ON COLUMN base.correction.source IS 'Of its rows, unless a row names its own.';
COMMENT ON COLUMN base.correction.valid_from IS 'Start of the versions that it makes; NULL until it is applied: from then on.';
COMMENT ON COLUMN base.correction.features IS 'The features of the file.';
COMMENT ON COLUMN base.correction.proposal IS 'Its row in base.joint_proposal, which countries decide about; NULL: the own side alone.';
COMMENT ON COLUMN base.correction.applied_at IS 'NULL: not applied.';
COMMENT ON COLUMN base.correction.closed_at IS 'When a country refused it or withdrew its approval; NULL: open or applied.';
COMMENT ON COLUMN base.correction.audience IS 'Bitmask of viewers: the participants and the proposing country, and all viewers once it is applied.';
COMMENT ON COLUMN base.correction.concern IS 'Bitmask of the countries that own it; 0 once it is applied.';
CREATE INDEX correction_newest_idx ON base.correction (created_at DESC, id DESC);
CREATE INDEX correction_touches_idx ON base.correction USING gin (touches);

CREATE TYPE base.correction_feature AS (n int, id text, is_removed boolean, properties jsonb, geometry geometry);
COMMENT ON TYPE base.correction_feature IS 'A feature of a correction, with its number in the file from 0.';
