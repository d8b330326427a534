CREATE FUNCTION tripoint.feed_epoch() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT hashtextextended(s.system_identifier || '.' || c.timeline_id, 0)
  FROM pg_control_system() AS s, pg_control_checkpoint() AS c
$$;
COMMENT ON FUNCTION tripoint.feed_epoch IS 'Another one after a restore or a failover, when numbers of transactions may be given again.';
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
COMMENT ON TABLE base.change IS 'What transactions did to features: one row for each feature and transaction, read when no older transaction runs any more.';
CREATE INDEX change_at_idx ON base.change (at);

CREATE TABLE base.feed (
  is_one     boolean PRIMARY KEY DEFAULT true CHECK (is_one),
  secret     bytea NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
  epoch      bigint NOT NULL DEFAULT tripoint.feed_epoch(),
  purged_xid xid8 NOT NULL DEFAULT '0',
  clock_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN base.feed.secret IS 'Cursors are sealed with it: in the open they would tell how many transactions there were.';
COMMENT ON COLUMN base.feed.purged_xid IS 'Changes of this transaction and of older ones are no longer kept.';
COMMENT ON COLUMN base.feed.clock_at IS 'Up to when what time alone changes was told.';

CREATE TYPE base.standing AS (audience int, red text, concern int);

INSERT INTO base.feed DEFAULT VALUES;
