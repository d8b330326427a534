CREATE OR REPLACE FUNCTION base.is_of_other_server(f base.feed) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce(greatest((SELECT c.xid FROM base.change AS c ORDER BY c.xid DESC LIMIT 1), f.purged_xid)
    >= pg_snapshot_xmax(pg_current_snapshot()), false)
$$;
COMMENT ON FUNCTION base.is_of_other_server IS 'Whether the feed holds a transaction that this server has not reached: a dump was restored into a fresh server, whose next changes would sort before the old ones.';

-- Test: test/exchange/feed-restores.test.ts
CREATE OR REPLACE FUNCTION tripoint.begin_feed() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  f base.feed := (SELECT k FROM base.feed AS k);
BEGIN
  IF f.birth IS NOT NULL AND NOT base.is_of_other_server(f) THEN RETURN false; END IF;
  -- another process may have done it meanwhile
  SELECT k.* INTO f FROM base.feed AS k FOR UPDATE;
  IF base.is_of_other_server(f) THEN
    TRUNCATE base.change;
    UPDATE base.feed SET birth = gen_random_uuid(), purged_xid = NULL, purged_collection = NULL, purged_id = NULL,
      purged_nonce = NULL;
    -- the sealer searches the whole log for entries without a seal
    UPDATE base.audit_sealing SET done = '9223372036854775807:9223372036854775807:', target = NULL, last_txid = NULL,
      last_entry = NULL;
    RETURN true;
  END IF;
  -- a database that was started has them already
  UPDATE base.feed SET birth = gen_random_uuid(), reset_mark = coalesce(reset_mark, gen_random_uuid()),
    clock_at = coalesce(clock_at, clock_timestamp()),
    secret = coalesce(secret, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
  WHERE birth IS NULL;
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION tripoint.begin_feed IS 'Gives a new database the birth, the secret and the clock of its feed. On a server that has not reached the transactions of the feed, the feed begins again: every cursor is lost, and the sealing of the audit log searches from the start.';
REVOKE EXECUTE ON FUNCTION tripoint.begin_feed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.begin_feed TO tripoint_service;
