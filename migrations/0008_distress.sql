CREATE TABLE base.kind_limit (
  kind               text PRIMARY KEY,
  acknowledge_within interval NOT NULL DEFAULT '24 hours',
  assist_within      interval
);
COMMENT ON TABLE base.kind_limit IS 'Deadlines for each kind of incident, counted from its report.';
COMMENT ON COLUMN base.kind_limit.acknowledge_within IS 'Until an agency must have acknowledged it.';
COMMENT ON COLUMN base.kind_limit.assist_within IS 'Until assistance must have been given; only for distress.';

CREATE TABLE base.distress_notice (
  id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  incident              uuid NOT NULL UNIQUE REFERENCES base.incident ON DELETE CASCADE,
  nature                text NOT NULL,
  occurred_at           timestamptz NOT NULL,
  point                 geometry(Point, 4326) NOT NULL,
  horizontal_accuracy_m double precision NOT NULL,
  in_need_best          int,
  in_need_low           int,
  in_need_high          int,
  borders               text[] NOT NULL,
  audience              int NOT NULL,
  assistance_due_at     timestamptz,
  assisted_at           timestamptz,
  incident_agency       text NOT NULL,
  incident_audience     int NOT NULL DEFAULT 0,
  incident_red_agency   text
);
COMMENT ON TABLE base.distress_notice IS 'What rescue bodies see of distress, whatever the label of the incident: place, time and number of people. A row of its own: hidden columns could be found by a filter.';
COMMENT ON COLUMN base.distress_notice.id IS 'Random: it says nothing about the incident, not even its time.';
COMMENT ON COLUMN base.distress_notice.in_need_best IS 'People in need, best estimate.';
COMMENT ON COLUMN base.distress_notice.borders IS 'The nearest border; if the country is undetermined, those of all candidates.';
COMMENT ON COLUMN base.distress_notice.audience IS 'Bitmask of the countries at these borders. Only their rescue bodies see it.';
COMMENT ON COLUMN base.distress_notice.assistance_due_at IS 'NULL: nobody waits, because it is an archive or was closed when it became distress.';
COMMENT ON COLUMN base.distress_notice.assisted_at IS 'When assistance was given; stops the clock.';
COMMENT ON COLUMN base.distress_notice.incident_agency IS 'May assist, as rescue bodies may.';
COMMENT ON COLUMN base.distress_notice.incident_audience IS 'Viewers of the incident see the notice too.';
COMMENT ON COLUMN base.distress_notice.incident_red_agency IS 'Of a RED incident: its agency.';
CREATE INDEX distress_notice_point_idx ON base.distress_notice USING gist (point);
CREATE INDEX distress_notice_newest_idx ON base.distress_notice (occurred_at DESC, id DESC);
CREATE INDEX distress_notice_due_idx ON base.distress_notice (assistance_due_at, id) WHERE assisted_at IS NULL;

CREATE TABLE base.assistance (
  id          uuid PRIMARY KEY,
  notice      uuid NOT NULL,
  incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  agency      text NOT NULL,
  country     text NOT NULL REFERENCES base.country,
  state       text NOT NULL CHECK (state IN ('under_way', 'given')),
  outcome     text CHECK (outcome IN ('rescued', 'assisted', 'recovered', 'handed_over', 'not_found', 'false_alarm')),
  counts      jsonb,
  at          timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT given_assistance_has_an_outcome CHECK ((state = 'given') = (outcome IS NOT NULL)),
  CONSTRAINT assistance_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.assistance IS 'What was done for people in distress, and its outcome. Immutable.';
COMMENT ON COLUMN base.assistance.notice IS 'No foreign key: the notice goes and comes back with the kind of its incident.';
COMMENT ON COLUMN base.assistance.outcome IS 'Closed list. None of them turns people back.';
COMMENT ON COLUMN base.assistance.counts IS 'People, by best, low and high estimate.';
COMMENT ON CONSTRAINT given_assistance_has_an_outcome ON base.assistance IS 'Distress is closed by an outcome, and by nothing else.';
CREATE INDEX assistance_notice_idx ON base.assistance (notice, recorded_at);
CREATE INDEX assistance_incident_idx ON base.assistance (incident);

INSERT INTO base.kind_limit (kind)
VALUES ('irregular_crossing'), ('smuggling_goods'), ('smuggling_fuel'), ('trafficking_suspected'), ('armed_incident'),
  ('infiltration_suspected'), ('unattributed_vehicle_or_craft'), ('fire'), ('flood'), ('mine_or_uxo'), ('health_event'),
  ('crossing_closure'), ('infrastructure'), ('other');
INSERT INTO base.kind_limit (kind, acknowledge_within, assist_within) VALUES ('distress', '30 minutes', '6 hours');
