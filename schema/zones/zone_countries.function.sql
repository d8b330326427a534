CREATE OR REPLACE FUNCTION tripoint.zone_countries(tlp text, state text, country text, participants text[]) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT tripoint.country_bits(ARRAY[country])
    | CASE WHEN tlp = 'RED' OR state = 'draft' THEN 0 ELSE tripoint.country_bits(participants) END
$$;
COMMENT ON FUNCTION tripoint.zone_countries IS 'Bitmask of the countries that own a zone: the country that made it, and each participant from proposal on.';
GRANT EXECUTE ON FUNCTION tripoint.zone_countries TO tripoint_service;
