CREATE OR REPLACE FUNCTION tripoint.note_key_use(keys uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  UPDATE base.api_key SET last_used_at = now() WHERE id IN (
    SELECT k.id FROM base.api_key AS k
    WHERE k.id = ANY (keys) AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED)
$$;
COMMENT ON FUNCTION tripoint.note_key_use IS 'Notes when keys were last used. Rows that another process is noting too are left to it.';
REVOKE EXECUTE ON FUNCTION tripoint.note_key_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.note_key_use TO tripoint_service;
