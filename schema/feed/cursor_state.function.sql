-- Test: test/exchange/feed-restores.test.ts
CREATE OR REPLACE FUNCTION tripoint.cursor_state(of_xid xid8, of_collection text, of_id text, of_nonce uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  f base.feed := (SELECT k FROM base.feed AS k);
  is_kept boolean := EXISTS (
    SELECT FROM base.change AS c
    WHERE c.xid = of_xid AND c.collection = of_collection AND c.id = of_id AND c.nonce = of_nonce);
BEGIN
  IF f.birth IS NULL OR (is_kept AND of_xid >= pg_snapshot_xmax(pg_current_snapshot())) THEN RETURN 'unbegun'; END IF;
  IF is_kept OR of_nonce = f.purged_nonce OR (of_nonce = f.birth AND f.purged_nonce IS NULL) THEN RETURN 'known'; END IF;
  IF (of_xid, of_collection, of_id) < (f.purged_xid, f.purged_collection, f.purged_id) THEN RETURN 'expired'; END IF;
  -- on a standby a transaction that is not replayed yet counts as running
  IF pg_is_in_recovery() AND of_xid >= pg_snapshot_xmin(pg_current_snapshot()) THEN RETURN 'behind'; END IF;
  RETURN 'lost';
END $$;
COMMENT ON FUNCTION tripoint.cursor_state IS 'What a cursor of the feed is worth: known (its row is there, or is the last purged one, or the birth), expired (older than the last purged row), lost (the database was restored), behind (a standby has not replayed it), unbegun (begin_feed comes first).';
REVOKE EXECUTE ON FUNCTION tripoint.cursor_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.cursor_state TO tripoint_service;
