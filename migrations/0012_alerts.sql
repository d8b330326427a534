CREATE TABLE base.subscription (
  id                  uuid PRIMARY KEY,
  agency              text NOT NULL,
  country             text NOT NULL REFERENCES base.country,
  bits                int NOT NULL,
  name                text,
  zone                text,
  segment             text REFERENCES base.segment,
  crossing            text REFERENCES base.crossing,
  within_m            double precision,
  filter              jsonb,
  kinds               text[],
  minimum_severity    text CHECK (minimum_severity IN ('minor', 'moderate', 'severe', 'extreme')),
  natures             text[] NOT NULL,
  triggers            text[] NOT NULL,
  threshold_incidents int,
  threshold_minutes   int,
  hysteresis_m        double precision NOT NULL,
  enabled             boolean NOT NULL,
  revision            int NOT NULL DEFAULT 1,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  since               timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT subscription_has_one_place CHECK (num_nonnulls(zone, segment, crossing, filter) <= 1),
  CONSTRAINT subscription_is_within CHECK ((within_m IS NULL) = (segment IS NULL AND crossing IS NULL)),
  CONSTRAINT subscription_has_its_threshold CHECK (
    num_nonnulls(threshold_incidents, threshold_minutes) = CASE WHEN 'threshold' = ANY (triggers) THEN 2 ELSE 0 END),
  CONSTRAINT subscription_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON COLUMN base.subscription.bits IS 'Of the country, as in audience.';
COMMENT ON COLUMN base.subscription.zone IS 'An id, whatever becomes of the zone.';
COMMENT ON COLUMN base.subscription.filter IS 'CQL2: a text, or an object of its JSON.';
COMMENT ON COLUMN base.subscription.since IS 'What was so before is no news.';
CREATE INDEX subscription_agency_idx ON base.subscription (agency, id);
CREATE INDEX subscription_zone_idx ON base.subscription (zone) WHERE enabled;
CREATE INDEX subscription_segment_idx ON base.subscription (segment, within_m) WHERE enabled;
CREATE INDEX subscription_crossing_idx ON base.subscription (crossing, within_m) WHERE enabled;
CREATE INDEX subscription_segment_reach_idx ON base.subscription (within_m) WHERE enabled AND segment IS NOT NULL;
CREATE INDEX subscription_crossing_reach_idx ON base.subscription (within_m) WHERE enabled AND crossing IS NOT NULL;
CREATE INDEX subscription_anywhere_idx ON base.subscription (id)
  WHERE enabled AND num_nonnulls(zone, segment, crossing, filter) = 0;
CREATE INDEX subscription_filter_idx ON base.subscription (id) WHERE enabled AND filter IS NOT NULL;

CREATE TABLE base.subscription_match (
  subscription uuid NOT NULL REFERENCES base.subscription ON DELETE CASCADE,
  incident     uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  occurred_at  timestamptz NOT NULL,
  PRIMARY KEY (incident, subscription)
);
COMMENT ON TABLE base.subscription_match IS 'What is in and has not left yet, for subscriptions to which that matters.';
CREATE INDEX subscription_match_newest_idx ON base.subscription_match (subscription, occurred_at);

CREATE TABLE base.alert (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  agency                text NOT NULL,
  country               text NOT NULL REFERENCES base.country,
  trigger               text NOT NULL CHECK (trigger IN
    ('enter', 'leave', 'created', 'updated', 'closed', 'threshold', 'overdue', 'distress')),
  subscription          uuid,
  incident              uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  notice                uuid,
  at                    timestamptz NOT NULL DEFAULT clock_timestamp(),
  nature                text NOT NULL,
  kind                  text NOT NULL,
  severity              text,
  certainty             text,
  occurred_at           timestamptz NOT NULL,
  point                 geometry(Point, 4326) NOT NULL,
  horizontal_accuracy_m double precision NOT NULL,
  border                text,
  border_km             double precision,
  incident_count        int,
  due_at                timestamptz,
  acknowledged_at       timestamptz,
  is_withdrawn          boolean NOT NULL DEFAULT false,
  red_agency            text GENERATED ALWAYS AS (CASE WHEN NOT is_withdrawn THEN agency END) STORED,
  CONSTRAINT alert_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.alert IS 'What was so when the agency was told. For that agency alone.';
COMMENT ON COLUMN base.alert.notice IS 'What rescue bodies see of a distress whose incident they may not see.';
COMMENT ON COLUMN base.alert.incident_count IS 'Of a threshold: how many there were.';
COMMENT ON COLUMN base.alert.due_at IS 'Of distress: when assistance is due. Of overdue: when an acknowledgement was due.';
COMMENT ON COLUMN base.alert.is_withdrawn IS 'The agency may no longer see what it is about.';
CREATE INDEX alert_newest_idx ON base.alert (agency, at DESC, id DESC);
CREATE INDEX alert_incident_idx ON base.alert (incident);
CREATE INDEX alert_point_idx ON base.alert USING gist (point);
CREATE UNIQUE INDEX alert_created_idx ON base.alert (subscription, incident) WHERE trigger = 'created';
CREATE INDEX alert_at_idx ON base.alert (at);
CREATE UNIQUE INDEX alert_distress_idx ON base.alert (notice, agency) WHERE trigger = 'distress';

CREATE TABLE base.alert_queue (
  n               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  incident        uuid NOT NULL,
  audience_before int NOT NULL,
  red_before      text,
  point_before    geometry(Point, 4326),
  closes          boolean NOT NULL
);
COMMENT ON TABLE base.alert_queue IS 'Writes of incidents that nobody has been told of yet.';
