-- Twin: PROCEDURE_STATES in src/features/procedures/procedure.schema.ts, compared by test/procedures/states.test.ts.
CREATE OR REPLACE FUNCTION tripoint.procedure_state(agreed_at timestamptz, ended_at timestamptz, ended_as text,
  open_until timestamptz, effective tstzrange, replaced_at timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN tripoint.proposal_state(agreed_at, ended_at, ended_as, open_until, at) <> 'agreed'
      THEN tripoint.proposal_state(agreed_at, ended_at, ended_as, open_until, at)
    WHEN effective @> at THEN 'inForce'
    WHEN lower(effective) > at THEN 'coming'
    WHEN replaced_at <= at THEN 'replaced'
    ELSE 'over' END
$$;
COMMENT ON FUNCTION tripoint.procedure_state IS 'State of a version of a procedure at an instant. Time alone changes it; no job has to run.';
GRANT EXECUTE ON FUNCTION tripoint.procedure_state TO tripoint_service;
