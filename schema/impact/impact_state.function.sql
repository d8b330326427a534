-- Twin: IMPACT_STATES in src/features/impact/impact.lifecycle.ts, compared by test/impact/lifecycle.test.ts.
CREATE OR REPLACE FUNCTION tripoint.impact_state(level text, assessed_at timestamptz, declined_at timestamptz, agreed_at timestamptz,
  valid_to timestamptz, ended_at timestamptz, open_until timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN declined_at <= at THEN 'declined'
    WHEN assessed_at IS NULL OR assessed_at > at THEN 'proposed'
    WHEN level <> 'critical' THEN 'assessed'
    WHEN ended_at <= at THEN 'ended'
    WHEN coalesce(agreed_at > at, true) THEN CASE WHEN open_until <= at THEN 'expired' ELSE 'waiting' END
    WHEN valid_to <= at THEN 'expired'
    ELSE 'assessed' END
$$;
COMMENT ON FUNCTION tripoint.impact_state IS 'State of an assessment at an instant. A critical one waits for both sides, and expires by the clock.';
GRANT EXECUTE ON FUNCTION tripoint.impact_state TO tripoint_service;

-- Twin: IMPACT_LEVELS in src/features/borders/border.schema.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.impact_rank(level text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(ARRAY['low', 'medium', 'high', 'critical'], level)
$$;
COMMENT ON FUNCTION tripoint.impact_rank IS 'Levels in order: the stricter one of two sides counts.';
GRANT EXECUTE ON FUNCTION tripoint.impact_rank TO tripoint_service;
