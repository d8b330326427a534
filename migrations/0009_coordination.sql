CREATE TABLE base.incident_due (
  incident uuid PRIMARY KEY,
  due_at   timestamptz NOT NULL
);
COMMENT ON TABLE base.incident_due IS 'Incidents that wait for an acknowledgement. A row goes when an agency acknowledges or responds, when the incident ends, and when its alert is raised. No foreign key, because each incident would pay for it.';
CREATE INDEX incident_due_idx ON base.incident_due (due_at);

CREATE TABLE base.incident_acknowledgement (
  incident uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  agency   text NOT NULL,
  country  text NOT NULL REFERENCES base.country,
  owner    text NOT NULL REFERENCES base.country,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (incident, agency),
  CONSTRAINT incident_acknowledgement_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.incident_acknowledgement IS 'Agencies that have taken notice of an incident.';
COMMENT ON COLUMN base.incident_acknowledgement.country IS 'Of the agency.';
COMMENT ON COLUMN base.incident_acknowledgement.owner IS 'Of the incident.';

CREATE TABLE base.incident_response (
  id           uuid PRIMARY KEY,
  incident     uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  agency       text NOT NULL,
  country      text NOT NULL REFERENCES base.country,
  owner        text NOT NULL REFERENCES base.country,
  kind         text NOT NULL CHECK (kind IN ('patrol', 'checkpoint', 'medical', 'rescue', 'fire_response', 'closure',
    'rerouting', 'joint_patrol', 'referral_medical', 'referral_protection')),
  state        text NOT NULL CHECK (state IN ('planned', 'in_progress', 'done')),
  text         text,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  own_audience int,
  CONSTRAINT incident_response_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.incident_response IS 'What agencies do about an incident.';
COMMENT ON COLUMN base.incident_response.country IS 'Of the agency.';
COMMENT ON COLUMN base.incident_response.owner IS 'Of the incident.';
COMMENT ON COLUMN base.incident_response.kind IS 'Closed list. None of them turns people back.';
COMMENT ON COLUMN base.incident_response.own_audience IS 'Bitmask of those who saw the incident when another country responded; NULL: viewers of the incident.';
CREATE INDEX incident_response_idx ON base.incident_response (incident, created_at, id);

CREATE TABLE base.incident_request (
  id          uuid PRIMARY KEY,
  incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  agency      text NOT NULL,
  country     text NOT NULL REFERENCES base.country,
  owner       text NOT NULL REFERENCES base.country,
  kind        text NOT NULL CHECK (kind IN ('information', 'support')),
  needs       text[] NOT NULL,
  recipients  text[] NOT NULL CHECK (cardinality(recipients) > 0),
  readers     int NOT NULL,
  due_at      timestamptz NOT NULL,
  text        text NOT NULL,
  state       text NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'accepted', 'declined', 'fulfilled', 'withdrawn')),
  answer      text,
  answered_by text REFERENCES base.agency,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT incident_request_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.incident_request IS 'Requests for information or support between agencies and countries.';
COMMENT ON COLUMN base.incident_request.country IS 'Of the agency that asks.';
COMMENT ON COLUMN base.incident_request.owner IS 'Of the incident.';
COMMENT ON COLUMN base.incident_request.needs IS 'What support is needed; empty for information.';
COMMENT ON COLUMN base.incident_request.recipients IS 'Agencies and countries.';
COMMENT ON COLUMN base.incident_request.readers IS 'Bitmask of the countries at both ends.';
COMMENT ON COLUMN base.incident_request.answered_by IS 'Agency that answered last.';
CREATE INDEX incident_request_due_idx ON base.incident_request (due_at, id);
CREATE INDEX incident_request_incident_idx ON base.incident_request (incident);
