CREATE OR REPLACE FUNCTION base.webhook_secrets(w base.webhook) RETURNS bytea[]
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN w.old_secret_until > clock_timestamp() THEN ARRAY[w.secret, w.old_secret] ELSE ARRAY[w.secret] END
$$;
COMMENT ON FUNCTION base.webhook_secrets IS 'Secrets that sign a delivery: the new one, and the old one while the overlap lasts.';

CREATE OR REPLACE FUNCTION base.secrets_of_webhook(of_webhook uuid) RETURNS bytea[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT base.webhook_secrets(w) FROM base.webhook AS w WHERE w.id = of_webhook
$$;
COMMENT ON FUNCTION base.secrets_of_webhook IS 'Secrets of a webhook, for the process that delivers. No view shows them.';
REVOKE EXECUTE ON FUNCTION base.secrets_of_webhook FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.secrets_of_webhook TO tripoint_courier;

CREATE OR REPLACE FUNCTION base.holds_queue(d base.delivery, moment timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT d.attempt < 3 OR (d.attempt = 3 AND coalesce(d.claimed_until > moment, false))
$$;
COMMENT ON FUNCTION base.holds_queue IS 'Whether a waiting delivery still keeps its place before or behind a reset: until it has failed three times.';

-- Test: test/webhooks/troubles.test.ts, test/webhooks/processes.test.ts, test/webhooks/resets.test.ts
CREATE OR REPLACE FUNCTION base.claim_deliveries(lease interval, most int, most_of_one int, in_a_row int, busy uuid[])
RETURNS TABLE (webhook uuid, delivery uuid, attempt int, lane uuid, seq bigint, collection text, subject text,
  url text, secrets bytea[], agency text, country text, created_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := clock_timestamp();
  w base.webhook;
  head record;
  room int;
  start_lane uuid;
  from_lane uuid;
  is_round boolean;
  reset_seq bigint;
BEGIN
  FOR w IN
    SELECT h.* FROM base.webhook AS h
    WHERE h.is_enabled AND h.verified_at IS NOT NULL AND (h.open_until IS NULL OR h.open_until <= moment)
      AND EXISTS (SELECT FROM base.delivery AS d WHERE d.webhook = h.id AND d.state = 'pending')
    ORDER BY random()
  LOOP
    room := least(most, most_of_one - (SELECT count(*) FROM unnest(busy) AS b (id) WHERE b.id = w.id));
    CONTINUE WHEN room <= 0;
    IF w.open_until IS NOT NULL THEN
      -- half open: one process tries one delivery
      PERFORM FROM base.webhook AS h WHERE h.id = w.id AND h.open_until = w.open_until FOR NO KEY UPDATE SKIP LOCKED;
      CONTINUE WHEN NOT FOUND;
      room := 1;
    END IF;
    -- A reset goes behind what was queued before it, and before what was queued after it. A receiver that has refused it
    -- three times gets its alerts.
    reset_seq := (
      SELECT min(d.seq) FROM base.delivery AS d
      WHERE d.webhook = w.id AND d.state = 'pending' AND d.alert IS NULL AND d.collection IS NULL
        AND base.holds_queue(d, moment));
    -- from a random lane on and around, so that each of many lanes gets its turn
    start_lane := gen_random_uuid();
    from_lane := start_lane;
    is_round := false;
    FOR n IN 1..500 LOOP
      EXIT WHEN room = 0;
      SELECT d.id, d.lane, d.seq, d.next_at INTO head FROM base.delivery AS d
      WHERE d.webhook = w.id AND d.state = 'pending' AND d.lane > from_lane AND (NOT is_round OR d.lane <= start_lane)
      ORDER BY d.lane, d.seq LIMIT 1;
      IF NOT FOUND THEN
        EXIT WHEN is_round;
        is_round := true;
        from_lane := '00000000-0000-0000-0000-000000000000';
        CONTINUE;
      END IF;
      from_lane := head.lane;
      CONTINUE WHEN head.seq > reset_seq OR (head.seq = reset_seq AND EXISTS (
        SELECT FROM base.delivery AS d
        WHERE d.webhook = w.id AND d.state = 'pending' AND d.seq < head.seq AND base.holds_queue(d, moment)));
      CONTINUE WHEN head.next_at > moment OR EXISTS (
        SELECT FROM base.delivery AS d WHERE d.webhook = w.id AND d.lane = head.lane AND d.state = 'pending'
          AND d.claimed_until IS NOT NULL AND d.claimed_until > moment);
      PERFORM FROM base.delivery AS d WHERE d.id = head.id AND d.state = 'pending' AND d.next_at <= moment
        AND (d.claimed_until IS NULL OR d.claimed_until <= moment) FOR UPDATE SKIP LOCKED;
      CONTINUE WHEN NOT FOUND;
      room := room - 1;
      most := most - 1;
      RETURN QUERY
        UPDATE base.delivery AS d SET claimed_until = moment + lease, attempt = d.attempt + 1
        WHERE d.id IN (
          SELECT p.id FROM base.delivery AS p
          WHERE p.webhook = w.id AND p.lane = head.lane AND p.state = 'pending' AND p.seq >= head.seq
            AND (reset_seq IS NULL OR p.seq <= reset_seq)
          ORDER BY p.seq LIMIT CASE WHEN w.open_until IS NULL THEN in_a_row ELSE 1 END)
          AND d.state = 'pending' AND (d.claimed_until IS NULL OR d.claimed_until <= moment)
        RETURNING d.webhook, d.id, d.attempt, d.lane, d.seq,
          coalesce(d.collection, CASE WHEN d.alert IS NOT NULL THEN 'alerts' END), coalesce(d.subject, d.alert::text), w.url,
          base.webhook_secrets(w), w.agency, w.country, d.created_at;
      IF w.open_until IS NOT NULL THEN
        UPDATE base.webhook AS h SET open_until = moment + lease WHERE h.id = w.id;
      END IF;
    END LOOP;
    EXIT WHEN most <= 0;
  END LOOP;
END $$;
COMMENT ON FUNCTION base.claim_deliveries IS 'Leases the first waiting delivery of each lane and those behind it to one process, which sends them in order.';
REVOKE EXECUTE ON FUNCTION base.claim_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.claim_deliveries TO tripoint_courier;

-- Test: test/webhooks/troubles.test.ts
CREATE OR REPLACE FUNCTION base.settle_deliveries(results json, opens_after int, opens_for interval, opens_at_most interval)
RETURNS TABLE (dead int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM FROM base.webhook AS w
  WHERE w.id IN (SELECT r.webhook FROM json_to_recordset(results) AS r (webhook uuid, outcome text)
    WHERE r.outcome IN ('delivered', 'failed', 'gone')) AND EXISTS (
      SELECT FROM json_to_recordset(results) AS r (webhook uuid, outcome text)
      WHERE r.webhook = w.id AND (r.outcome <> 'delivered' OR w.failures > 0))
  ORDER BY w.id FOR NO KEY UPDATE;
  IF FOUND THEN
    -- a receiver that answers again gets all waiting deliveries now
    UPDATE base.delivery AS d SET next_at = clock_timestamp()
    FROM json_to_recordset(results) AS r (webhook uuid, outcome text)
    WHERE r.outcome = 'delivered' AND d.webhook = r.webhook AND d.state = 'pending' AND d.next_at > clock_timestamp()
      AND d.claimed_until IS NULL;
    UPDATE base.webhook AS w SET
      failures = f.failures,
      last_error = f.error,
      open_until = CASE WHEN f.failures >= opens_after THEN clock_timestamp()
        + least(opens_at_most, opens_for * power(2, least(f.failures - opens_after, 30))) END,
      is_enabled = w.is_enabled AND NOT f.is_gone
    FROM (
      SELECT r.webhook,
        CASE WHEN bool_or(r.outcome = 'delivered') THEN 0 ELSE min(k.failures) + count(*) END AS failures,
        CASE WHEN NOT bool_or(r.outcome = 'delivered') THEN max(r.error) END AS error,
        bool_or(r.outcome = 'gone') AS is_gone
      FROM json_to_recordset(results) AS r (webhook uuid, outcome text, error text)
      JOIN base.webhook AS k ON k.id = r.webhook
      WHERE r.outcome IN ('delivered', 'failed', 'gone')
      GROUP BY r.webhook
    ) AS f
    WHERE w.id = f.webhook AND (f.failures > 0 OR w.failures > 0);
  END IF;
  RETURN QUERY
    WITH settled AS (
      UPDATE base.delivery AS d SET
        claimed_until = NULL,
        attempt = CASE r.outcome WHEN 'released' THEN d.attempt - 1 ELSE d.attempt END,
        next_at = CASE r.outcome WHEN 'failed' THEN clock_timestamp() + make_interval(secs => r.seconds) ELSE d.next_at END,
        state = CASE
          WHEN r.outcome IN ('delivered', 'withdrawn') THEN r.outcome
          WHEN r.outcome = 'gone' OR (r.outcome = 'failed'
            AND clock_timestamp() + make_interval(secs => r.seconds) > d.give_up_at) THEN 'dead'
          ELSE 'pending' END,
        settled_at = clock_timestamp(),
        attempts = CASE WHEN r.entry IS NULL THEN d.attempts ELSE d.attempts || r.entry END
      FROM json_to_recordset(results) AS r (delivery uuid, attempt int, outcome text, seconds float, entry jsonb)
      WHERE d.id = r.delivery AND d.state = 'pending' AND (d.attempt = r.attempt OR r.outcome = 'delivered')
      RETURNING d.state
    )
    SELECT count(*) FILTER (WHERE s.state = 'dead')::int FROM settled AS s;
END $$;
COMMENT ON FUNCTION base.settle_deliveries IS 'Records attempts: their log, the time of the next one, and the state of the circuits.';
REVOKE EXECUTE ON FUNCTION base.settle_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.settle_deliveries TO tripoint_courier;

-- Test: test/webhooks/troubles.test.ts
CREATE OR REPLACE FUNCTION base.sweep_deliveries(kept interval, most int, OUT died int, OUT deleted int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.delivery SET state = 'dead', settled_at = clock_timestamp(), claimed_until = NULL
  WHERE id IN (
    SELECT d.id FROM base.delivery AS d
    WHERE d.state = 'pending' AND d.give_up_at < clock_timestamp()
      AND (d.claimed_until IS NULL OR d.claimed_until < clock_timestamp())
    LIMIT most FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS died = ROW_COUNT;
  DELETE FROM base.delivery WHERE id IN (
    SELECT d.id FROM base.delivery AS d
    WHERE d.state <> 'pending' AND d.settled_at < clock_timestamp() - kept
    LIMIT most FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS deleted = ROW_COUNT;
END $$;
COMMENT ON FUNCTION base.sweep_deliveries IS 'Gives up what waited too long, and deletes old settled deliveries, at most so many of each.';
REVOKE EXECUTE ON FUNCTION base.sweep_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.sweep_deliveries TO tripoint_courier;

CREATE OR REPLACE FUNCTION base.delivery_figures(OUT waiting_seconds float, OUT open_circuits int, OUT dead int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT coalesce(extract(epoch FROM clock_timestamp() - (
      SELECT min(d.created_at) FROM base.delivery AS d JOIN base.webhook AS w ON w.id = d.webhook
      WHERE d.state = 'pending' AND w.is_enabled AND w.verified_at IS NOT NULL)), 0)::float,
    (SELECT count(*) FROM base.webhook AS w WHERE w.open_until IS NOT NULL)::int,
    (SELECT count(*) FROM base.delivery AS d WHERE d.state = 'dead')::int
$$;
COMMENT ON FUNCTION base.delivery_figures IS 'Waiting and dead deliveries, for metrics.';
REVOKE EXECUTE ON FUNCTION base.delivery_figures FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.delivery_figures TO tripoint_courier;
