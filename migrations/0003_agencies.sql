CREATE TABLE base.agency (
  id               text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  country          text NOT NULL REFERENCES base.country,
  names            jsonb NOT NULL,
  acronym          text,
  ministry         text,
  type             text NOT NULL,
  contact          jsonb,
  verified         boolean NOT NULL DEFAULT false,
  unverified_items text[] NOT NULL DEFAULT '{}',
  source           text NOT NULL,
  note             text,
  revision         int NOT NULL DEFAULT 1,
  updated_at       timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agency_of_country UNIQUE (id, country)
);
COMMENT ON TABLE base.agency IS 'Bodies of a country that do something at its borders.';
COMMENT ON COLUMN base.agency.id IS 'A readable name, such as tun-douane.';
COMMENT ON COLUMN base.agency.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.agency.contact IS 'A duty desk, never a person.';
COMMENT ON COLUMN base.agency.verified IS 'Whether somebody checked the row against an official source.';
COMMENT ON COLUMN base.agency.unverified_items IS 'Properties that nobody has checked.';
COMMENT ON COLUMN base.agency.revision IS 'Counts the changes; its ETag.';

CREATE TABLE base.mandate (
  id                   text PRIMARY KEY,
  agency               text NOT NULL REFERENCES base.agency,
  function             text NOT NULL,
  rank                 text NOT NULL CHECK (rank IN ('primary', 'supporting', 'disputed')),
  scope_type           text NOT NULL
    CHECK (scope_type IN ('country-border', 'border', 'segment', 'crossing-side', 'zone')),
  scope_id             text NOT NULL,
  valid_from           timestamptz,
  valid_from_precision text,
  valid_to             timestamptz,
  source               text NOT NULL,
  verified             boolean NOT NULL DEFAULT false,
  note                 text,
  revision             int NOT NULL DEFAULT 1,
  updated_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT mandate_period_is_in_order CHECK (valid_to > valid_from)
);
COMMENT ON TABLE base.mandate IS 'Who answers for what, where and when: an agency, a function, a place and a period. The responsible agency is a query over mandates, never a column.';
COMMENT ON COLUMN base.mandate.function IS 'Such as border_surveillance or search_rescue.';
COMMENT ON COLUMN base.mandate.rank IS 'primary before supporting; disputed where countries or agencies disagree.';
COMMENT ON COLUMN base.mandate.scope_id IS 'Country, border, segment, crossing or zone, as scope_type says. No foreign key, because it names one of five tables.';
COMMENT ON COLUMN base.mandate.valid_from_precision IS 'How exactly the source names the day.';
COMMENT ON COLUMN base.mandate.valid_to IS 'Exclusive: the period is half-open.';
COMMENT ON COLUMN base.mandate.verified IS 'Whether somebody checked the row against an official source.';
COMMENT ON COLUMN base.mandate.revision IS 'Counts the changes; its ETag.';
COMMENT ON CONSTRAINT mandate_period_is_in_order ON base.mandate IS 'A period that ends before it begins would be valid at no instant.';
CREATE INDEX mandate_scope_idx ON base.mandate (scope_type, scope_id);
CREATE INDEX mandate_agency_idx ON base.mandate (agency);
