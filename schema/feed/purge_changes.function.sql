-- Test: test/exchange/feed-upkeep.test.ts
CREATE OR REPLACE FUNCTION base.purge_changes(older_than interval, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  f base.feed;
  last base.change;
  purged int;
BEGIN
  -- no row lock: that would make this a writing transaction, which holds the feed back, before it has found the rows
  PERFORM pg_advisory_xact_lock(tripoint.lock_number('purging'));
  SELECT k.* INTO f FROM base.feed AS k;
  -- from the last purged row on: before it lie dead rows
  SELECT o.* INTO last FROM (
    SELECT c.*, bool_or(c.at >= now() - older_than) OVER (ORDER BY c.xid, c.collection, c.id) AS is_kept FROM (
      SELECT k.* FROM base.change AS k
      WHERE (k.xid, k.collection, k.id) > (coalesce(f.purged_xid, '0'), coalesce(f.purged_collection, ''), coalesce(f.purged_id, ''))
        AND k.xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY k.xid, k.collection, k.id LIMIT most) AS c) AS o
  WHERE NOT o.is_kept ORDER BY o.xid DESC, o.collection DESC, o.id DESC LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;
  DELETE FROM base.change AS c
  WHERE (c.xid, c.collection, c.id) > (coalesce(f.purged_xid, '0'), coalesce(f.purged_collection, ''), coalesce(f.purged_id, ''))
    AND (c.xid, c.collection, c.id) <= (last.xid, last.collection, last.id);
  GET DIAGNOSTICS purged = ROW_COUNT;
  UPDATE base.feed SET purged_xid = last.xid, purged_collection = last.collection, purged_id = last.id,
    purged_nonce = last.nonce
  WHERE birth IS NOT DISTINCT FROM f.birth;
  RETURN purged;
END $$;
COMMENT ON FUNCTION base.purge_changes IS 'Deletes the oldest changes, at most so many, up to the first one within the retention, and notes the last one: older cursors answer 410.';
REVOKE EXECUTE ON FUNCTION base.purge_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_changes TO tripoint_clock;
