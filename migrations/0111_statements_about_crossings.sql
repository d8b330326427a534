-- A statement names the country that the traffic enters, may say opening hours instead of a state, and is withdrawn if it was a
-- mistake (docs/decisions/0051-crossings-as-they-are.md).
ALTER TABLE base.crossing_status
  ADD COLUMN entering text,
  ADD COLUMN hours jsonb,
  ADD COLUMN withdrawn_at timestamptz,
  ADD COLUMN withdrawn_by text,
  ADD COLUMN withdrawal_reason text,
  ALTER COLUMN state DROP NOT NULL;

-- the same facts in other words: neither news nor a write for the audit log
ALTER TABLE base.crossing_status DISABLE TRIGGER USER;
UPDATE base.crossing_status AS s
SET entering = CASE s.direction WHEN 'in' THEN s.country ELSE (
  SELECT d.country FROM base.crossing_side AS d WHERE d.crossing = s.crossing AND d.country <> s.country) END
WHERE s.direction <> 'both';
ALTER TABLE base.crossing_status ENABLE TRIGGER USER;

ALTER TABLE base.crossing_status
  DROP COLUMN direction,
  ADD CONSTRAINT crossing_status_entering_a_side FOREIGN KEY (crossing, entering) REFERENCES base.crossing_side (crossing, country),
  ADD CONSTRAINT crossing_status_withdrawn_by_own_agency FOREIGN KEY (withdrawn_by, country) REFERENCES base.agency (id, country),
  ADD CONSTRAINT crossing_status_says_one_thing CHECK (num_nulls(state, hours) = 1),
  ADD CONSTRAINT crossing_status_withdrawal_is_whole CHECK (num_nulls(withdrawn_at, withdrawn_by, withdrawal_reason) IN (0, 3));
COMMENT ON TABLE base.crossing_status IS 'Statements about a side of a crossing: only ever inserted into, and withdrawn. The state at an instant is worked out from them; the stricter side counts.';
COMMENT ON COLUMN base.crossing_status.entering IS 'The country that the traffic enters; NULL: both directions.';
COMMENT ON COLUMN base.crossing_status.state IS 'NULL: the statement says opening hours.';
COMMENT ON COLUMN base.crossing_status.hours IS 'Opening hours in the local time of the side: weekly, and exceptions by date. NULL: the statement says a state.';
COMMENT ON COLUMN base.crossing_status.withdrawn_at IS 'A withdrawn statement was a mistake and counts at no instant. NULL: it stands.';
COMMENT ON COLUMN base.crossing_status.withdrawn_by IS 'The agency that withdrew it, of the country of the side.';
COMMENT ON COLUMN base.crossing_status.withdrawal_reason IS 'Why it was withdrawn.';
COMMENT ON CONSTRAINT crossing_status_says_one_thing ON base.crossing_status IS 'A state and opening hours have each their newest statement.';
COMMENT ON CONSTRAINT crossing_status_withdrawal_is_whole ON base.crossing_status IS 'A withdrawal has a time, an agency and a reason.';
CREATE INDEX crossing_status_hours_idx ON base.crossing_status (crossing, country) WHERE hours IS NOT NULL AND withdrawn_at IS NULL;
COMMENT ON INDEX base.crossing_status_hours_idx IS 'Opening hours, for the changes that time alone makes.';
