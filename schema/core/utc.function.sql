CREATE OR REPLACE FUNCTION tripoint.utc(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (to_json(at AT TIME ZONE 'UTC') #>> '{}') || 'Z'
$$;
COMMENT ON FUNCTION tripoint.utc IS 'RFC 3339 in UTC, without fractions of a second that are zero.';
