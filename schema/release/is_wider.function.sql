-- Twin: isWider in src/features/label.audience.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.is_wider(was int, bits int) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bits & ~was <> 0
$$;
COMMENT ON FUNCTION tripoint.is_wider IS 'Whether an audience gains viewers. RED has no bits, so that leaving RED is wider too.';
