-- A cursor names a row of the feed by its key and nonce. Nothing is derived from the control data of the server any more:
-- its timeline changes late after a promotion, and differs on a standby. Cursors of earlier versions answer 410 once, so
-- the rows before are of no use.
TRUNCATE base.change;
ALTER TABLE base.change
  DROP CONSTRAINT change_pkey,
  DROP COLUMN epoch,
  ADD COLUMN nonce uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD CONSTRAINT change_pkey PRIMARY KEY (xid, collection, id);
COMMENT ON COLUMN base.change.xid IS 'Transaction: the order of the feed. After a failover a number may be given again.';
COMMENT ON COLUMN base.change.nonce IS 'Tells this row from another one with the same key in another life of the database. In cursors only.';
DROP INDEX base.change_at_idx;

ALTER TABLE base.feed
  DROP COLUMN epoch,
  DROP COLUMN purged_xid,
  ADD COLUMN birth uuid,
  ADD COLUMN purged_xid xid8,
  ADD COLUMN purged_collection text,
  ADD COLUMN purged_id text,
  ADD COLUMN purged_nonce uuid,
  ADD CONSTRAINT feed_purged_is_whole CHECK (num_nulls(purged_xid, purged_collection, purged_id, purged_nonce) IN (0, 4));
COMMENT ON COLUMN base.feed.birth IS 'Nonce of the empty feed, made at the first start and not here: images of a database are cloned. NULL: not started yet.';
COMMENT ON COLUMN base.feed.purged_xid IS 'Key of the last purged change, with the two columns behind it: older cursors have expired. NULL: nothing is purged.';
COMMENT ON COLUMN base.feed.purged_collection IS 'See purged_xid.';
COMMENT ON COLUMN base.feed.purged_id IS 'See purged_xid.';
COMMENT ON COLUMN base.feed.purged_nonce IS 'Nonce of the last purged change: a cursor at it is still good.';
COMMENT ON CONSTRAINT feed_purged_is_whole ON base.feed IS 'A purged change has its whole key and its nonce.';

DROP FUNCTION tripoint.feed_epoch();
