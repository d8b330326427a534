-- Test: test/exchange/feed-upkeep.test.ts
CREATE OR REPLACE FUNCTION base.purge_changes(older_than interval) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  last xid8;
  purged int;
BEGIN
  PERFORM 1 FROM base.feed FOR UPDATE;
  -- whole transactions, and only those older than all retained ones
  SELECT c.xid INTO last FROM base.change AS c
  WHERE c.epoch = tripoint.feed_epoch() AND c.at < now() - older_than
    AND c.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (
      SELECT 1 FROM base.change AS k WHERE k.epoch = c.epoch AND k.xid <= c.xid AND k.at >= now() - older_than)
  ORDER BY c.xid DESC LIMIT 1;
  DELETE FROM base.change AS c WHERE c.epoch <> tripoint.feed_epoch() OR c.xid <= last;
  GET DIAGNOSTICS purged = ROW_COUNT;
  UPDATE base.feed SET purged_xid = last WHERE last > purged_xid;
  RETURN purged;
END $$;
COMMENT ON FUNCTION base.purge_changes IS 'Deletes changes older than the retention, whole transactions at a time, and notes the last one: older cursors answer 410.';
REVOKE EXECUTE ON FUNCTION base.purge_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_changes TO tripoint_clock;
