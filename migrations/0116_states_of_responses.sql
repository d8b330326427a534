-- Responses keep when they came into each state. A state is never left backwards, so a column for each holds all of it.
ALTER TABLE base.incident_response
  ADD COLUMN planned_at     timestamptz,
  ADD COLUMN in_progress_at timestamptz,
  ADD COLUMN done_at        timestamptz;
COMMENT ON COLUMN base.incident_response.planned_at IS 'When it came into this state; NULL: never, or before the service kept it.';
COMMENT ON COLUMN base.incident_response.in_progress_at IS 'When it came into this state; NULL: never, or before the service kept it.';
COMMENT ON COLUMN base.incident_response.done_at IS 'When it came into this state; NULL: not yet.';

-- The last change was one of the state. What came before it is not known. No agency writes here: triggers stay silent.
ALTER TABLE base.incident_response DISABLE TRIGGER USER;
UPDATE base.incident_response SET
  planned_at = CASE state WHEN 'planned' THEN updated_at END,
  in_progress_at = CASE state WHEN 'in_progress' THEN updated_at END,
  done_at = CASE state WHEN 'done' THEN updated_at END;
ALTER TABLE base.incident_response ENABLE TRIGGER USER;
