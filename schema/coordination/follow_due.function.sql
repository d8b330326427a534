-- Twin: isOver in src/features/incidents/incident.lifecycle.ts, compared by test/database/twins.test.ts.
-- Test: test/coordination/acknowledgements.test.ts
CREATE OR REPLACE FUNCTION base.follow_due(was base.incident, i base.incident) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF was.kind = i.kind AND (was.state = i.state OR i.state NOT IN ('closed', 'cancelled')) THEN RETURN; END IF;
  IF i.state IN ('closed', 'cancelled') THEN DELETE FROM base.incident_due WHERE incident = i.id;
  ELSE
    UPDATE base.incident_due AS d SET due_at = least(d.due_at, i.updated_at + k.acknowledge_within)
    FROM base.kind_limit AS k WHERE d.incident = i.id AND k.kind = i.kind;
  END IF;
END $$;
COMMENT ON FUNCTION base.follow_due IS 'A closed or cancelled incident waits for no acknowledgement; one of a more urgent kind waits less long.';
