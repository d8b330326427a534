-- Test: test/webhooks/troubles.test.ts
CREATE OR REPLACE FUNCTION tripoint.replay_deliveries(of_webhook uuid, single uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  own_agency text := tripoint.caller_agency();
  d base.delivery;
  replayed int := 0;
BEGIN
  FOR d IN
    SELECT k.* FROM base.delivery AS k
    WHERE k.webhook = of_webhook AND k.agency = own_agency AND k.state = 'dead' AND (single IS NULL OR k.id = single)
    ORDER BY k.seq FOR NO KEY UPDATE
  LOOP
    -- at the end of its lane, so that a delivery that failed for days does not delay waiting ones
    UPDATE base.delivery SET state = 'pending', seq = DEFAULT, attempt = 0, next_at = clock_timestamp(),
      give_up_at = clock_timestamp() + interval '3 days', settled_at = NULL
    WHERE id = d.id;
    replayed := replayed + 1;
  END LOOP;
  IF replayed > 0 THEN
    PERFORM base.add_write_entry('change', 'webhooks', of_webhook::text, replayed,
      ARRAY[CASE WHEN w.country = 'DZA' THEN replayed ELSE 0 END, CASE WHEN w.country = 'LBY' THEN replayed ELSE 0 END,
        CASE WHEN w.country = 'TUN' THEN replayed ELSE 0 END], tripoint.country_bits(ARRAY[w.country]), 'replay')
    FROM base.webhook AS w WHERE w.id = of_webhook;
  END IF;
  RETURN replayed;
END $$;
COMMENT ON FUNCTION tripoint.replay_deliveries IS 'Queues dead deliveries of the caller''s agency again, all or one of them, behind those that wait.';
REVOKE EXECUTE ON FUNCTION tripoint.replay_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.replay_deliveries TO tripoint_service;
