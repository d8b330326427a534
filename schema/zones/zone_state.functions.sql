-- Twin: ZONE_STATES in src/features/zones/zone.lifecycle.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.zone_state(proposed_at timestamptz, agreed_at timestamptz, starts_at timestamptz,
  valid_to timestamptz, suspended_at timestamptz, withdrawn_at timestamptz, replaced_at timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN proposed_at IS NULL THEN 'draft'
    WHEN withdrawn_at <= at THEN 'withdrawn'
    WHEN agreed_at IS NULL THEN CASE WHEN replaced_at IS NULL THEN 'proposed' ELSE 'withdrawn' END
    WHEN replaced_at <= starts_at THEN 'withdrawn'
    WHEN starts_at > at THEN 'proposed'
    WHEN replaced_at <= at THEN 'expired'
    WHEN suspended_at <= at THEN 'suspended'
    WHEN valid_to <= at THEN 'expired'
    ELSE 'active' END
$$;
COMMENT ON FUNCTION tripoint.zone_state IS 'State of a revision at an instant. A revision that a newer proposal replaced before it took effect counts as withdrawn.';
GRANT EXECUTE ON FUNCTION tripoint.zone_state TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.is_replaced(starts_at timestamptz, replaced_at timestamptz, at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(replaced_at <= greatest(starts_at, at), false)
$$;
COMMENT ON FUNCTION tripoint.is_replaced IS 'Whether a newer revision has taken the place of this one at an instant.';
GRANT EXECUTE ON FUNCTION tripoint.is_replaced TO tripoint_service;
