-- JSON writes times in this form whatever DateStyle is, and removing its quotes is faster than reading the JSON.
CREATE OR REPLACE FUNCTION tripoint.utc(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT btrim(to_json(at AT TIME ZONE 'UTC')::text, '"') || 'Z'
$$;
COMMENT ON FUNCTION tripoint.utc IS 'RFC 3339 in UTC, without fractions of a second that are zero.';
