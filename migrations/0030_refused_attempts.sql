ALTER TABLE base.audit_entry DROP CONSTRAINT audit_entry_action_check;
ALTER TABLE base.audit_entry ADD CONSTRAINT audit_entry_action_check
  CHECK (action IN ('read', 'read-end', 'refused', 'attempts', 'create', 'change', 'remove', 'purge'));

CREATE TABLE base.refused_attempt (
  hour       timestamptz NOT NULL,
  key_id     uuid,
  subject    text,
  agency     text,
  country    text,
  status     int NOT NULL,
  collection text NOT NULL,
  owner      text,
  attempts   int NOT NULL,
  objects    int NOT NULL,
  CONSTRAINT refused_attempt_is_one UNIQUE NULLS NOT DISTINCT (hour, key_id, subject, agency, status, collection, owner)
);
COMMENT ON TABLE base.refused_attempt IS 'Refused requests for rows that exist, counted for the hours that are not in the audit log yet.';
COMMENT ON COLUMN base.refused_attempt.hour IS 'Its begin.';
COMMENT ON COLUMN base.refused_attempt.key_id IS 'NULL: without a valid key.';
COMMENT ON COLUMN base.refused_attempt.status IS 'The answer: 401, 403 or 404.';
COMMENT ON COLUMN base.refused_attempt.owner IS 'The country that owns the rows. NULL: not kept one by one, so that it is unknown whose they are, and whether they exist.';
COMMENT ON COLUMN base.refused_attempt.objects IS 'How many different rows, counted by each process.';
