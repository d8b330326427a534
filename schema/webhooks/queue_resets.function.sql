-- Test: test/webhooks/resets.test.ts
CREATE OR REPLACE FUNCTION base.queue_resets() RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  queued int;
BEGIN
  INSERT INTO base.delivery (webhook, agency, lane)
  SELECT w.id, w.agency, w.id FROM base.webhook AS w
  WHERE w.is_enabled AND w.verified_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM base.delivery AS d WHERE d.webhook = w.id AND d.state = 'pending' AND d.alert IS NULL AND d.collection IS NULL
      AND d.attempt = 0);
  GET DIAGNOSTICS queued = ROW_COUNT;
  RETURN queued;
END $$;
COMMENT ON FUNCTION base.queue_resets IS 'Queues a message of type reset for each webhook, unless one is waiting that has not been tried yet.';
REVOKE EXECUTE ON FUNCTION base.queue_resets FROM PUBLIC;
