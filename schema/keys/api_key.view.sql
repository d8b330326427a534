CREATE VIEW tripoint.api_key AS
  SELECT id, hash, agency, country, roles, name, created_at, expires_at, revoked_at, last_used_at, replaced_by, is_demo
  FROM base.api_key
  WHERE (tripoint.country_bits(ARRAY[country]) & (SELECT tripoint.viewer())) <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.api_key IS 'The country of the key. Hashes can be written and not read.';
GRANT SELECT (id, agency, country, roles, name, created_at, expires_at, revoked_at, last_used_at, replaced_by, is_demo),
      INSERT (id, hash, agency, country, roles, name, expires_at, is_demo),
      UPDATE (expires_at, revoked_at, replaced_by) ON tripoint.api_key TO tripoint_service;
