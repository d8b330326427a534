-- What agencies can lend to others: a register of things, never of people.
CREATE TABLE base.offer (
  id              uuid PRIMARY KEY,
  agency          text NOT NULL,
  owner           text NOT NULL REFERENCES base.country,
  kind            text NOT NULL CHECK (kind IN ('technical', 'logistic', 'vehicles', 'aircraft', 'drones', 'sensors',
    'communications', 'medical', 'fuel', 'water_food', 'shelter', 'mine_clearance')),
  quantity        int NOT NULL CHECK (quantity >= 0),
  text            text,
  point           geometry(Point, 4326) NOT NULL,
  place_text      text,
  available_from  timestamptz NOT NULL,
  available_until timestamptz,
  tlp             text NOT NULL DEFAULT 'AMBER+STRICT'
    CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  releasable_to   text[] NOT NULL DEFAULT '{}',
  revision        int NOT NULL DEFAULT 1,
  updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  audience        int GENERATED ALWAYS AS (tripoint.audience(tlp, owner, releasable_to)) STORED,
  red_agency      text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
  CONSTRAINT offer_agency_of_owner FOREIGN KEY (agency, owner) REFERENCES base.agency (id, country),
  CONSTRAINT offer_period_is_in_order CHECK (available_until > available_from)
);
COMMENT ON TABLE base.offer IS 'What agencies can lend to others: kind, number, place and period. Rows are ended, not deleted.';
COMMENT ON COLUMN base.offer.owner IS 'Country of the agency: its row.';
COMMENT ON COLUMN base.offer.kind IS 'As in the needs of requests, without those that are people.';
COMMENT ON COLUMN base.offer.quantity IS 'How many.';
COMMENT ON COLUMN base.offer.point IS 'Where they are now.';
COMMENT ON COLUMN base.offer.place_text IS 'The place in words.';
COMMENT ON COLUMN base.offer.available_until IS 'NULL: without an end. Half-open: not available at that moment.';
COMMENT ON COLUMN base.offer.tlp IS 'Label: who may see it (Traffic Light Protocol 2.0).';
COMMENT ON COLUMN base.offer.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.offer.revision IS 'Counts changes; its ETag.';
COMMENT ON COLUMN base.offer.audience IS 'Bitmask of viewers (tripoint.audience).';
COMMENT ON COLUMN base.offer.red_agency IS 'The only viewer of a RED offer.';
COMMENT ON CONSTRAINT offer_kind_check ON base.offer IS 'Kinds that the API describes.';
COMMENT ON CONSTRAINT offer_quantity_check ON base.offer IS 'Nobody can lend less than nothing.';
COMMENT ON CONSTRAINT offer_tlp_check ON base.offer IS 'Labels of the Traffic Light Protocol 2.0.';
COMMENT ON CONSTRAINT offer_period_is_in_order ON base.offer IS 'Filters ask whether it is available at an instant.';
CREATE INDEX offer_point_idx ON base.offer USING gist (point);
CREATE INDEX offer_first_idx ON base.offer (available_from, id);
