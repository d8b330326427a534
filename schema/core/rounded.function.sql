-- Decimal arithmetic costs ten times as much, so only values near the middle between two results take it.
-- Test: test/ogc/tile-contents.test.ts
CREATE OR REPLACE FUNCTION tripoint.rounded(value double precision, digits int) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN abs(value * power(10, digits) - floor(value * power(10, digits)) - 0.5) > 1e-4
    THEN round(value * power(10, digits)) / power(10, digits) + 0
    ELSE round(value::numeric, digits)::double precision END
$$;
COMMENT ON FUNCTION tripoint.rounded IS 'The value with so many decimals, as round(numeric) makes it. The planner inlines it.';
GRANT EXECUTE ON FUNCTION tripoint.rounded TO tripoint_service;
