CREATE OR REPLACE FUNCTION base.may_see(audience int, red_agency text, agency text, country text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT audience & (1 | tripoint.country_bits(ARRAY[country])) <> 0 OR coalesce(red_agency = agency, false)
$$;
COMMENT ON FUNCTION base.may_see IS 'Whether an agency sees a row with this audience, for functions that write for other agencies.';
