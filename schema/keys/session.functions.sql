-- No caller reads or writes the table: these functions are all that the service may do with it.

-- With the settings of who signs in, whose agency it is.
-- Test: test/identity/sessions.test.ts
CREATE OR REPLACE FUNCTION tripoint.start_session(
  new_id uuid, new_hash bytea, of_key uuid, of_subject text, of_roles text[], lasts interval, latest_end timestamptz
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  most CONSTANT int := 500;
  until timestamptz;
BEGIN
  -- the key may have been revoked a moment ago; its row stays as it is until this is written
  PERFORM FROM base.api_key AS k
  WHERE k.id = of_key AND k.agency = tripoint.caller_agency() AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())
  FOR KEY SHARE;
  IF of_key IS NOT NULL AND NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO base.session (id, hash, key_id, subject, roles, agency, country, ends_at)
  SELECT new_id, new_hash, of_key, of_subject, of_roles, a.id, a.country, least(now() + lasts, latest_end)
  FROM base.agency AS a WHERE a.id = tripoint.caller_agency()
  RETURNING ends_at INTO until;
  DELETE FROM base.session WHERE id IN (
    SELECT s.id FROM base.session AS s
    WHERE s.key_id = of_key OR (of_key IS NULL AND s.key_id IS NULL AND s.subject = of_subject)
    ORDER BY s.last_used_at DESC, s.id DESC OFFSET most);
  RETURN until;
END $$;
COMMENT ON FUNCTION tripoint.start_session IS 'Starts a session of the caller and answers when it ends at the latest; NULL: its key has ended. Of more than 500 of one key or subject the least recently used end.';
REVOKE EXECUTE ON FUNCTION tripoint.start_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.start_session TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.caller_of_session(session_hash bytea, idle interval)
RETURNS TABLE ("sessionId" uuid, "keyId" uuid, subject text, agency text, country text, roles text[], "expiresAt" timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT s.id, s.key_id, s.subject, s.agency, s.country, coalesce(k.roles, s.roles), least(s.ends_at, k.expires_at)
  FROM base.session AS s LEFT JOIN base.api_key AS k ON k.id = s.key_id
  WHERE s.hash = session_hash AND s.ends_at > now() AND s.last_used_at > now() - idle
    AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
$$;
COMMENT ON FUNCTION tripoint.caller_of_session IS 'Who acts with a session: a key as it is now, or a token as it was. Nothing once the session, its key or its token has ended.';
REVOKE EXECUTE ON FUNCTION tripoint.caller_of_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.caller_of_session TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.note_session_use(sessions uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  UPDATE base.session SET last_used_at = now() WHERE id IN (
    SELECT s.id FROM base.session AS s
    WHERE s.id = ANY (sessions) AND s.last_used_at < now() - interval '1 minute'
    FOR NO KEY UPDATE SKIP LOCKED)
$$;
COMMENT ON FUNCTION tripoint.note_session_use IS 'Notes when sessions were last used. Rows that another process is noting too are left to it.';
REVOKE EXECUTE ON FUNCTION tripoint.note_session_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.note_session_use TO tripoint_service;

CREATE OR REPLACE FUNCTION tripoint.end_session(session_hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  DELETE FROM base.session WHERE hash = session_hash
$$;
COMMENT ON FUNCTION tripoint.end_session IS 'Ends a session at once.';
REVOKE EXECUTE ON FUNCTION tripoint.end_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.end_session TO tripoint_service;

CREATE OR REPLACE FUNCTION base.purge_sessions(idle interval) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM base.session AS s
    WHERE s.ends_at <= now() OR s.last_used_at <= now() - idle
      OR EXISTS (SELECT FROM base.api_key AS k WHERE k.id = s.key_id AND (k.revoked_at IS NOT NULL OR k.expires_at <= now()))
    RETURNING s.id)
  SELECT count(*) FROM gone
$$;
COMMENT ON FUNCTION base.purge_sessions IS 'Deletes the sessions that have ended by time or with their key, and returns their number.';
REVOKE EXECUTE ON FUNCTION base.purge_sessions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_sessions TO tripoint_purger;
