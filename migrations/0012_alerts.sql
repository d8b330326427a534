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
COMMENT ON TABLE base.subscription IS 'Which incidents raise alerts for an agency.';
COMMENT ON COLUMN base.subscription.bits IS 'Bit of the country, as in audience.';
COMMENT ON COLUMN base.subscription.zone IS 'Id of a zone. No foreign key: a subscription outlives the zone.';
COMMENT ON COLUMN base.subscription.within_m IS 'Distance from the segment or crossing.';
COMMENT ON COLUMN base.subscription.filter IS 'CQL2, as text or as JSON.';
COMMENT ON COLUMN base.subscription.triggers IS 'What raises an alert: enter, leave, created, updated, closed, threshold, overdue.';
COMMENT ON COLUMN base.subscription.threshold_incidents IS 'So many incidents within threshold_minutes raise an alert.';
COMMENT ON COLUMN base.subscription.hysteresis_m IS 'How far outside an incident must lie to have left.';
COMMENT ON COLUMN base.subscription.revision IS 'Counts the changes; its ETag.';
COMMENT ON COLUMN base.subscription.since IS 'Nothing before this instant raises an alert.';
COMMENT ON CONSTRAINT subscription_has_one_place ON base.subscription IS 'Matching asks one question: zone, segment, crossing or filter.';
COMMENT ON CONSTRAINT subscription_is_within ON base.subscription IS 'A distance belongs to a segment or a crossing.';
COMMENT ON CONSTRAINT subscription_has_its_threshold ON base.subscription IS 'A threshold needs a number and a time, and they need a threshold.';
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
COMMENT ON TABLE base.subscription_match IS 'Incidents that entered a subscription and have not left yet, for subscriptions to enter, leave, threshold or overdue.';
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
COMMENT ON TABLE base.alert IS 'Alerts of an agency, each as the incident was at that moment. Only this agency sees them.';
COMMENT ON COLUMN base.alert.subscription IS 'NULL: raised without one, for distress and overdue acknowledgements. No foreign key: alerts outlive subscriptions.';
COMMENT ON COLUMN base.alert.notice IS 'For rescue bodies that may not see the incident: its distress notice.';
COMMENT ON COLUMN base.alert.incident_count IS 'Of a threshold: the number of incidents.';
COMMENT ON COLUMN base.alert.due_at IS 'Of distress: when assistance is due. Of overdue: when an acknowledgement was due.';
COMMENT ON COLUMN base.alert.is_withdrawn IS 'The agency may no longer see what the alert is about.';
COMMENT ON COLUMN base.alert.red_agency IS 'The only viewer; NULL while withdrawn.';
CREATE INDEX alert_newest_idx ON base.alert (agency, at DESC, id DESC);
CREATE INDEX alert_incident_idx ON base.alert (incident);
CREATE INDEX alert_point_idx ON base.alert USING gist (point);
CREATE UNIQUE INDEX alert_created_idx ON base.alert (subscription, incident) WHERE trigger = 'created';
COMMENT ON INDEX base.alert_created_idx IS 'An incident is new to a subscription once, whatever happens at the same time.';
CREATE INDEX alert_at_idx ON base.alert (at);
CREATE UNIQUE INDEX alert_distress_idx ON base.alert (notice, agency) WHERE trigger = 'distress';
COMMENT ON INDEX base.alert_distress_idx IS 'Each rescue body is alerted once for a notice.';

CREATE TABLE base.alert_queue (
  n               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  incident        uuid NOT NULL,
  audience_before int NOT NULL,
  red_before      text,
  point_before    geometry(Point, 4326),
  closes          boolean NOT NULL
);
COMMENT ON TABLE base.alert_queue IS 'Writes of incidents for which alerts have yet to be raised.';
COMMENT ON COLUMN base.alert_queue.audience_before IS 'Bitmask of viewers before the write: those who gain the incident get created, not updated.';
COMMENT ON COLUMN base.alert_queue.point_before IS 'Position before the write, for enter and leave.';
COMMENT ON COLUMN base.alert_queue.closes IS 'Whether the write ended the incident.';
