-- Test: test/exchange/resets.test.ts
CREATE OR REPLACE FUNCTION base.announce_reset() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.feed SET reset_mark = gen_random_uuid();
  RETURN base.queue_resets();
END $$;
COMMENT ON FUNCTION base.announce_reset IS 'After a restore: each open stream sends the event reset once, and each webhook a message of type reset. Cursors stay good where their rows are there. Returns the number of queued messages.';
REVOKE EXECUTE ON FUNCTION base.announce_reset FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.announce_reset TO tripoint_clock;

-- Test: test/exchange/resets.test.ts
CREATE OR REPLACE FUNCTION base.note_loss(verified_at timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.feed SET lost_at = clock_timestamp() WHERE lost_at IS NULL OR lost_at < verified_at;
  IF NOT FOUND THEN RETURN 0; END IF;
  RETURN base.queue_resets();
END $$;
COMMENT ON FUNCTION base.note_loss IS 'For a process whose newest known row of the feed is gone: queues a reset for each webhook, unless another process has done so since that row was last there. Streams find the loss themselves.';
REVOKE EXECUTE ON FUNCTION base.note_loss FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.note_loss TO tripoint_clock;
