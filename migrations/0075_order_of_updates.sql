-- Atom feeds begin with what changed last, so that a late report and an old incident that is closed are not missed.
DROP INDEX base.incident_updated_idx;
CREATE INDEX incident_updated_idx ON base.incident (updated_at DESC, id DESC);

-- USING gives the present rows their time without an UPDATE, which would put every alert into the change feed.
ALTER TABLE base.alert
  ADD COLUMN first_at timestamptz,
  ADD COLUMN updated_at timestamptz,
  ADD COLUMN revision int NOT NULL DEFAULT 1;
ALTER TABLE base.alert
  ALTER COLUMN first_at TYPE timestamptz USING at,
  ALTER COLUMN first_at SET NOT NULL,
  ALTER COLUMN updated_at TYPE timestamptz USING at,
  ALTER COLUMN updated_at SET NOT NULL;
COMMENT ON COLUMN base.alert.first_at IS 'When it was raised first; distress that is opened again moves its time, and its first CAP message keeps this one.';
COMMENT ON COLUMN base.alert.updated_at IS 'When its content last changed, or when its agency saw it again. An acknowledgement is no change.';
COMMENT ON COLUMN base.alert.revision IS 'Counts these changes: each one is a CAP message of its own.';
CREATE INDEX alert_updated_idx ON base.alert (agency, updated_at DESC, id DESC);
