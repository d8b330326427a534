-- The name of a place does not say how to reach it: which track, which gate, what a vehicle needs.
ALTER TABLE base.incident ADD COLUMN access_note text;
COMMENT ON COLUMN base.incident.access_note IS 'How rescuers reach the place.';
