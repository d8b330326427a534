CREATE FUNCTION tripoint.feed_epoch() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT hashtextextended(s.system_identifier || '.' || c.timeline_id, 0)
  FROM pg_control_system() AS s, pg_control_checkpoint() AS c
$$;
COMMENT ON FUNCTION tripoint.feed_epoch IS 'Number of the epoch: another one after a restore or a failover, when numbers of transactions may repeat.';
GRANT EXECUTE ON FUNCTION tripoint.feed_epoch TO tripoint_service;

CREATE TABLE base.change (
  epoch           bigint NOT NULL DEFAULT tripoint.feed_epoch(),
  xid             xid8 NOT NULL DEFAULT pg_current_xact_id(),
  collection      text NOT NULL,
  id              text NOT NULL,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  audience_before int NOT NULL,
  audience_after  int NOT NULL,
  red_before      text,
  red_after       text,
  concern         int NOT NULL,
  PRIMARY KEY (epoch, xid, collection, id)
);
COMMENT ON TABLE base.change IS 'The change feed: one row for each feature and transaction, shown once no older transaction runs.';
COMMENT ON COLUMN base.change.epoch IS 'Numbers of transactions start again after a restore or a failover; see feed_epoch.';
COMMENT ON COLUMN base.change.xid IS 'Transaction: the order of the feed.';
COMMENT ON COLUMN base.change.audience_before IS 'Bitmask of viewers before the transaction, to whom a removal is shown.';
COMMENT ON COLUMN base.change.audience_after IS 'Bitmask of viewers after it.';
COMMENT ON COLUMN base.change.red_before IS 'Agency of a RED feature, before.';
COMMENT ON COLUMN base.change.red_after IS 'Agency of a RED feature, after.';
COMMENT ON COLUMN base.change.concern IS 'Bitmask of the countries that own the feature, for the audit log.';
CREATE INDEX change_at_idx ON base.change (at);

CREATE TABLE base.feed (
  is_one     boolean PRIMARY KEY DEFAULT true CHECK (is_one),
  secret     bytea NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
  epoch      bigint NOT NULL DEFAULT tripoint.feed_epoch(),
  purged_xid xid8 NOT NULL DEFAULT '0',
  clock_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE base.feed IS 'State of the change feed. One row.';
COMMENT ON COLUMN base.feed.secret IS 'Encrypts cursors: in the open they would show how many transactions there were.';
COMMENT ON COLUMN base.feed.purged_xid IS 'Changes up to this transaction are deleted: their retention has ended.';
COMMENT ON COLUMN base.feed.clock_at IS 'Changes that time alone makes are added up to this instant.';

CREATE TYPE base.standing AS (audience int, red text, concern int);

INSERT INTO base.feed DEFAULT VALUES;
