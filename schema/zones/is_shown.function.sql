CREATE OR REPLACE FUNCTION tripoint.is_shown(audience int, shown_to int, red_agency text, country text, viewer int, agency text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (audience & shown_to & viewer) <> 0
    OR (red_agency = agency AND (shown_to & tripoint.country_bits(ARRAY[country])) <> 0)
$$;
COMMENT ON FUNCTION tripoint.is_shown IS 'Whether a viewer is shown this row of base.zone. Others may be shown another row of the same zone.';
GRANT EXECUTE ON FUNCTION tripoint.is_shown TO tripoint_service;
