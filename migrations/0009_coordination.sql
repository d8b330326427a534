CREATE TABLE base.incident_due (
  incident uuid PRIMARY KEY,
  due_at   timestamptz NOT NULL
);
COMMENT ON TABLE base.incident_due IS 'Incidents of which no agency has taken notice yet; gone when one has, when it is over, and when that was told of. No reference, which each incident would pay for.';
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
COMMENT ON COLUMN base.incident_response.owner IS 'Of the incident.';
COMMENT ON COLUMN base.incident_response.own_audience IS 'Of another country about the incident: who saw that then. NULL: whoever sees the incident.';
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
COMMENT ON COLUMN base.incident_request.owner IS 'Of the incident.';
COMMENT ON COLUMN base.incident_request.recipients IS 'Agencies and countries.';
COMMENT ON COLUMN base.incident_request.readers IS 'The countries of both ends, as bits.';
CREATE INDEX incident_request_due_idx ON base.incident_request (due_at, id);
CREATE INDEX incident_request_incident_idx ON base.incident_request (incident);
