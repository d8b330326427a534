-- Twin: PROPOSAL_STATES in src/features/consents/proposal.lifecycle.ts, compared by test/consents/lifecycle.test.ts.
CREATE OR REPLACE FUNCTION tripoint.proposal_state(agreed_at timestamptz, ended_at timestamptz, ended_as text,
  open_until timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN ended_at <= at THEN ended_as
    WHEN agreed_at <= at THEN 'agreed'
    WHEN open_until <= at THEN 'expired'
    ELSE 'proposed' END
$$;
COMMENT ON FUNCTION tripoint.proposal_state IS 'State of a joint proposal at an instant. It expires by the clock; no job has to run.';
GRANT EXECUTE ON FUNCTION tripoint.proposal_state TO tripoint_service;
