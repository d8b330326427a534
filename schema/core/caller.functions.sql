-- The caller, as the transaction of the statement names it. Views ask in a sub-select, so that it is worked out once a
-- statement. NULL if no caller is set, and then every view is empty.
CREATE OR REPLACE FUNCTION tripoint.viewer() RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('tripoint.viewer', true), '')::int
$$;
COMMENT ON FUNCTION tripoint.viewer IS 'Bitmask of the caller: 1 for everybody, and the bit of its country (2 DZA, 4 LBY, 8 TUN).';
GRANT EXECUTE ON FUNCTION tripoint.viewer TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.caller_agency() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('tripoint.agency', true), '')
$$;
COMMENT ON FUNCTION tripoint.caller_agency IS 'Agency of the caller, NULL without a key.';
GRANT EXECUTE ON FUNCTION tripoint.caller_agency TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.is_auditor() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce('auditor' = ANY (string_to_array(current_setting('tripoint.roles', true), ',')), false)
$$;
COMMENT ON FUNCTION tripoint.is_auditor IS 'Whether the caller audits its country: it then sees what else only the agency itself sees.';
GRANT EXECUTE ON FUNCTION tripoint.is_auditor TO tripoint_service;

-- Twin: touches in src/db/change.log.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION tripoint.sees(audience int, red_agency text, viewer int, agency text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (audience & viewer) <> 0 OR red_agency = agency
$$;
COMMENT ON FUNCTION tripoint.sees IS 'Whether a viewer sees a row. The planner inlines the condition, so that indexes serve it.';
GRANT EXECUTE ON FUNCTION tripoint.sees TO tripoint_service;

-- In PL/pgSQL: the condition of a trigger would inline a function in SQL, and parse its text again for each statement.
CREATE OR REPLACE FUNCTION tripoint.is_own(country text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (tripoint.country_bits(ARRAY[country]) & coalesce(tripoint.viewer(), 0)) <> 0;
END $$;
COMMENT ON FUNCTION tripoint.is_own IS 'Whether a country is that of the caller.';
GRANT EXECUTE ON FUNCTION tripoint.is_own TO tripoint_service;
