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
  agency      text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (crossing, country) REFERENCES base.crossing_side,
  CONSTRAINT crossing_status_period_is_in_order CHECK (valid_to > valid_from),
  CONSTRAINT crossing_status_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON COLUMN base.crossing_status.traffic IS 'Classes of traffic it speaks of; empty means all.';
CREATE INDEX crossing_status_side_idx ON base.crossing_status (crossing, country, valid_from DESC);
