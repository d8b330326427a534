CREATE OR REPLACE FUNCTION tripoint.caller_of_key(key_hash bytea)
RETURNS TABLE ("keyId" uuid, agency text, country text, roles text[], "expiresAt" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT k.id, k.agency, k.country, k.roles, k.expires_at
  FROM base.api_key AS k
  WHERE k.hash = key_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
$$;
COMMENT ON FUNCTION tripoint.caller_of_key IS 'Who acts with a key: agency, country and roles.';
REVOKE EXECUTE ON FUNCTION tripoint.caller_of_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.caller_of_key TO tripoint_service;
