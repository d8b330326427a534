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
COMMENT ON COLUMN base.agency.contact IS 'A duty desk, never a person.';

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
COMMENT ON COLUMN base.mandate.scope_id IS 'Country, border, segment, crossing or zone, as scope_type says.';
COMMENT ON COLUMN base.mandate.valid_to IS 'Exclusive: the period is half-open.';
CREATE INDEX mandate_scope_idx ON base.mandate (scope_type, scope_id);
CREATE INDEX mandate_agency_idx ON base.mandate (agency);
