-- A session is found by its hash alone, a few rows for each desk: no other index but for the keys that it hangs on.
CREATE TABLE base.session (
  id           uuid PRIMARY KEY,
  hash         bytea NOT NULL UNIQUE,
  key_id       uuid REFERENCES base.api_key ON DELETE CASCADE,
  subject      text,
  roles        text[],
  agency       text NOT NULL,
  country      text NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  ends_at      timestamptz NOT NULL,
  CONSTRAINT session_of_key_or_token CHECK (
    (key_id IS NULL) = (subject IS NOT NULL) AND (key_id IS NULL) = (roles IS NOT NULL)),
  CONSTRAINT session_roles_are_known
    CHECK (roles <@ ARRAY['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin']),
  CONSTRAINT session_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.session IS 'Browsers that are signed in. Each acts as the key or the token that it was signed in with.';
COMMENT ON COLUMN base.session.hash IS 'SHA-256 of the secret in the cookie, which is random and stored nowhere.';
COMMENT ON COLUMN base.session.key_id IS 'The key whose roles and end hold; NULL for a token.';
COMMENT ON COLUMN base.session.subject IS 'Of the token: a hash of its issuer and subject.';
COMMENT ON COLUMN base.session.roles IS 'Of the token; those of a key are read from the key.';
COMMENT ON COLUMN base.session.last_used_at IS 'Exact to a minute.';
COMMENT ON COLUMN base.session.ends_at IS 'At the latest: by its age, or with the token.';
COMMENT ON CONSTRAINT session_of_key_or_token ON base.session IS 'Roles of a key are never copied: they would outlive the key.';
COMMENT ON CONSTRAINT session_roles_are_known ON base.session IS 'A misspelt role would silently allow nothing.';
CREATE INDEX session_key_idx ON base.session (key_id);
