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
COMMENT ON TABLE base.crossing IS 'Places where a border may be crossed.';
COMMENT ON COLUMN base.crossing.id IS 'A readable name, such as ras-ajdir.';
COMMENT ON COLUMN base.crossing.border_km IS 'Chainage on the border.';
COMMENT ON COLUMN base.crossing.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.crossing.aliases IS 'Other names of the place.';
COMMENT ON COLUMN base.crossing.alternatives IS 'Diversions that a source reports.';
COMMENT ON COLUMN base.crossing.position_method IS 'How the position was found.';
COMMENT ON COLUMN base.crossing.unverified_items IS 'Properties that nobody has checked.';
CREATE INDEX crossing_point_idx ON base.crossing USING gist (point);
CREATE INDEX crossing_geog_idx ON base.crossing USING gist (geog);

CREATE TABLE base.crossing_side (
  crossing   text NOT NULL REFERENCES base.crossing,
  country    text NOT NULL REFERENCES base.country,
  names      jsonb NOT NULL,
  admin_unit jsonb,
  PRIMARY KEY (crossing, country)
);
COMMENT ON TABLE base.crossing_side IS 'The two sides of a crossing, each with its own names.';
COMMENT ON COLUMN base.crossing_side.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.crossing_side.admin_unit IS 'Administrative unit at this side.';

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
  agency      text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (crossing, country) REFERENCES base.crossing_side,
  CONSTRAINT crossing_status_period_is_in_order CHECK (valid_to > valid_from),
  CONSTRAINT crossing_status_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.crossing_status IS 'Statements about a side of a crossing: only ever inserted into. The state at an instant is worked out from them; the stricter side counts.';
COMMENT ON COLUMN base.crossing_status.direction IS 'Seen from the country of the side.';
COMMENT ON COLUMN base.crossing_status.traffic IS 'Classes of traffic that the statement is about; empty: all.';
COMMENT ON COLUMN base.crossing_status.valid_to IS 'Exclusive; NULL: until another statement.';
COMMENT ON COLUMN base.crossing_status.agency IS 'NULL: reference data.';
COMMENT ON COLUMN base.crossing_status.recorded_at IS 'When the database received it.';
COMMENT ON CONSTRAINT crossing_status_period_is_in_order ON base.crossing_status IS 'A period that ends before it begins would be valid at no instant.';
CREATE INDEX crossing_status_side_idx ON base.crossing_status (crossing, country, valid_from DESC);
