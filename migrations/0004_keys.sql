CREATE TABLE base.api_key (
  id           uuid PRIMARY KEY,
  hash         bytea NOT NULL UNIQUE,
  agency       text NOT NULL,
  roles        text[] NOT NULL CHECK (cardinality(roles) > 0)
    CONSTRAINT api_key_roles_are_known
      CHECK (roles <@ ARRAY['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin']),
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  country      text NOT NULL,
  name         text,
  last_used_at timestamptz,
  replaced_by  uuid REFERENCES base.api_key,
  is_demo      boolean NOT NULL DEFAULT false,
  CONSTRAINT api_key_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.api_key IS 'Keys of systems and desks. Each acts for one agency.';
COMMENT ON COLUMN base.api_key.hash IS 'SHA-256 of the key. The key itself is random and stored nowhere.';
COMMENT ON COLUMN base.api_key.country IS 'Country of the agency: the view filters by it.';
COMMENT ON COLUMN base.api_key.name IS 'Of the system that holds the key, never of a person.';
COMMENT ON COLUMN base.api_key.last_used_at IS 'Exact to a minute.';
COMMENT ON COLUMN base.api_key.replaced_by IS 'The key that rotation made in its place.';
COMMENT ON COLUMN base.api_key.is_demo IS 'Made for trying the service; revoked with the first admin key.';
COMMENT ON CONSTRAINT api_key_roles_are_known ON base.api_key IS 'A misspelt role would silently allow nothing.';
CREATE INDEX api_key_country_idx ON base.api_key (country, id);
