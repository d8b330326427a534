-- Two incidents of two countries that are probably one event (docs/decisions/0052-histories.md).
CREATE TABLE base.incident_double (
  earlier       uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  later         uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
  earlier_owner text NOT NULL REFERENCES base.country,
  later_owner   text NOT NULL REFERENCES base.country,
  audience      int NOT NULL,
  red_agency    text,
  concern       int NOT NULL,
  made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (earlier, later),
  CONSTRAINT incident_double_has_two_owners CHECK (earlier_owner <> later_owner)
);
COMMENT ON TABLE base.incident_double IS 'Pairs of incidents that two countries reported of what is probably one event: same kind and nature, at most six hours apart, circles of error that touch. A job makes them.';
COMMENT ON COLUMN base.incident_double.earlier IS 'The incident that was reported first: it is listed where pairs are folded.';
COMMENT ON COLUMN base.incident_double.earlier_owner IS 'Its owner.';
COMMENT ON COLUMN base.incident_double.later_owner IS 'Owner of the other one.';
COMMENT ON COLUMN base.incident_double.audience IS 'Bitmask of the countries that see both, as the change feed was told last.';
COMMENT ON COLUMN base.incident_double.red_agency IS 'Agency of a RED one, if it sees the other one: the only viewer.';
COMMENT ON COLUMN base.incident_double.concern IS 'Bitmask of the owners that see both. An owner that does not see the other row must not learn of the pair, also not from the audit log.';
COMMENT ON CONSTRAINT incident_double_has_two_owners ON base.incident_double IS 'A country puts its own double reports in order itself.';
CREATE INDEX incident_double_later_idx ON base.incident_double (later);

CREATE TABLE base.double_decision (
  n            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  earlier      uuid NOT NULL,
  later        uuid NOT NULL,
  country      text NOT NULL REFERENCES base.country,
  agency       text NOT NULL,
  decision     text NOT NULL CHECK (decision IN ('confirm', 'refuse')),
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  own_audience int NOT NULL,
  concern      int NOT NULL,
  CONSTRAINT double_decision_of_pair FOREIGN KEY (earlier, later) REFERENCES base.incident_double ON DELETE CASCADE,
  CONSTRAINT double_decision_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.double_decision IS 'What the owners of a pair say about it. Immutable: the last decision of a country counts.';
COMMENT ON COLUMN base.double_decision.country IS 'Of the agency; an owner of one of both incidents.';
COMMENT ON COLUMN base.double_decision.own_audience IS 'Bitmask of those who saw the pair then, and the country itself: whoever widens an incident later does not widen it.';
COMMENT ON COLUMN base.double_decision.concern IS 'Of the pair, then.';
COMMENT ON CONSTRAINT double_decision_decision_check ON base.double_decision IS 'Decisions that the API describes.';
CREATE INDEX double_decision_pair_idx ON base.double_decision (earlier, later, n);

CREATE TABLE base.double_queue (
  n        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident uuid NOT NULL
);
COMMENT ON TABLE base.double_queue IS 'Incidents that were written, and whose pairs the job has yet to look for. A queue, so that a write takes as long with a hidden pair as without one.';

-- incidents that are there
INSERT INTO base.double_queue (incident) SELECT i.id FROM base.incident AS i ORDER BY i.id;
