CREATE OR REPLACE FUNCTION tripoint.concern(tlp text, country text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN tlp = 'CLEAR' THEN 0 WHEN country = 'DZA' THEN 2 WHEN country = 'LBY' THEN 4 ELSE 8 END
$$;
COMMENT ON FUNCTION tripoint.concern IS 'Bit of the country that owns a row; 0 for CLEAR rows.';
GRANT EXECUTE ON FUNCTION tripoint.concern TO tripoint_service;
