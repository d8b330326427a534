-- A request is about an incident, a zone, a segment or a crossing, or about nothing but a place.
ALTER TABLE base.incident_request
  ALTER COLUMN incident DROP NOT NULL,
  ALTER COLUMN owner DROP NOT NULL,
  ADD COLUMN zone text,
  ADD COLUMN segment text REFERENCES base.segment,
  ADD COLUMN crossing text REFERENCES base.crossing,
  ADD COLUMN place geometry(Point, 4326),
  ADD CONSTRAINT incident_request_has_one_subject CHECK (num_nonnulls(incident, zone, segment, crossing, place) = 1);
COMMENT ON TABLE base.incident_request IS 'Requests for information or support between agencies and countries. Its name is from when all requests were about incidents: older programs read it by this name.';
COMMENT ON COLUMN base.incident_request.owner IS 'Of the incident or zone; NULL: a request about anything else.';
COMMENT ON COLUMN base.incident_request.zone IS 'No foreign key, because no table has one row a zone. A trigger removes the requests of a zone that is removed.';
COMMENT ON COLUMN base.incident_request.place IS 'Where, if it is about nothing that has an id.';
COMMENT ON CONSTRAINT incident_request_has_one_subject ON base.incident_request IS 'Who reads a request hangs on what it is about.';
CREATE INDEX incident_request_zone_idx ON base.incident_request (zone) WHERE zone IS NOT NULL;
CREATE INDEX incident_request_segment_idx ON base.incident_request (segment) WHERE segment IS NOT NULL;
CREATE INDEX incident_request_crossing_idx ON base.incident_request (crossing) WHERE crossing IS NOT NULL;
CREATE INDEX incident_request_place_idx ON base.incident_request USING gist (place) WHERE place IS NOT NULL;
-- requests about incidents go with their incident
CREATE INDEX incident_request_kept_idx ON base.incident_request (updated_at) WHERE incident IS NULL;

ALTER TYPE base.coordination_change RENAME ATTRIBUTE incident TO lane;
COMMENT ON COLUMN base.coordination_change.lane IS 'The incident, of a request about something else the request. Webhooks deliver a lane in order.';
