import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

// An alert that is not delivered by then is a dead letter.
const TRIED_FOR = `interval '3 days'`;

/** Where alerts are posted to, and what became of each (docs/decisions/0022-webhooks.md). */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_courier NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_courier TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE TABLE base.webhook (
      id               uuid PRIMARY KEY,
      agency           text NOT NULL,
      country          text NOT NULL,
      url              text NOT NULL,
      triggers         text[],
      is_enabled       boolean NOT NULL DEFAULT true,
      secret           bytea NOT NULL,
      old_secret       bytea,
      old_secret_until timestamptz,
      verified_at      timestamptz,
      created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
      failures         int NOT NULL DEFAULT 0,
      last_error       text,
      open_until       timestamptz,
      CONSTRAINT webhook_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
    );
    COMMENT ON TABLE base.webhook IS 'The endpoint of an agency that its alerts are posted to.';
    COMMENT ON COLUMN base.webhook.triggers IS 'Of alerts that are delivered; NULL: all.';
    COMMENT ON COLUMN base.webhook.old_secret IS 'Signs beside the new one until old_secret_until.';
    COMMENT ON COLUMN base.webhook.verified_at IS 'When the receiver at this url answered a challenge; before that nothing is delivered.';
    COMMENT ON COLUMN base.webhook.failures IS 'Of attempts, in a row.';
    COMMENT ON COLUMN base.webhook.open_until IS 'The circuit is open: nothing is tried before, and then one delivery.';
    CREATE INDEX webhook_agency_idx ON base.webhook (agency, id);

    CREATE FUNCTION base.change_webhook() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.url <> OLD.url THEN NEW.verified_at := NULL; END IF;
      IF NEW.secret <> OLD.secret THEN NEW.old_secret := OLD.secret; END IF;
      IF NEW.url <> OLD.url OR NEW.verified_at > OLD.verified_at OR (NEW.is_enabled AND NOT OLD.is_enabled) THEN
        NEW.failures := 0;
        NEW.open_until := NULL;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER change_webhook BEFORE UPDATE ON base.webhook FOR EACH ROW EXECUTE FUNCTION base.change_webhook();

    CREATE TABLE base.delivery (
      id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      seq           bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      webhook       uuid NOT NULL REFERENCES base.webhook ON DELETE CASCADE,
      agency        text NOT NULL,
      alert         uuid NOT NULL REFERENCES base.alert ON DELETE CASCADE,
      lane          uuid NOT NULL,
      state         text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead', 'withdrawn')),
      created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
      next_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
      give_up_at    timestamptz NOT NULL DEFAULT clock_timestamp() + ${TRIED_FOR},
      claimed_until timestamptz,
      attempt       int NOT NULL DEFAULT 0,
      attempts      jsonb NOT NULL DEFAULT '[]',
      settled_at    timestamptz
    );
    COMMENT ON TABLE base.delivery IS 'An alert that is to reach a webhook, or has reached it.';
    COMMENT ON COLUMN base.delivery.id IS 'The webhook-id: the same with each attempt. Random: it tells nothing of others.';
    COMMENT ON COLUMN base.delivery.lane IS 'The subscription, or else the incident: within a lane deliveries go out one after the other, by seq.';
    COMMENT ON COLUMN base.delivery.claimed_until IS 'A process is about it; when that has died, it is sent again afterwards.';
    COMMENT ON COLUMN base.delivery.attempts IS 'What came of each.';
    CREATE INDEX delivery_lane_idx ON base.delivery (webhook, lane, seq) WHERE state = 'pending';
    CREATE INDEX delivery_claimed_idx ON base.delivery (webhook, lane) WHERE state = 'pending' AND claimed_until IS NOT NULL;
    CREATE INDEX delivery_newest_idx ON base.delivery (webhook, created_at DESC, id DESC);
    CREATE INDEX delivery_dead_idx ON base.delivery (webhook, seq) WHERE state = 'dead';
    CREATE INDEX delivery_alert_idx ON base.delivery (alert);
    CREATE INDEX delivery_settled_idx ON base.delivery (settled_at) WHERE state <> 'pending';

    CREATE FUNCTION base.queue_deliveries() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      INSERT INTO base.delivery (webhook, agency, alert, lane)
      SELECT w.id, w.agency, r.id, coalesce(r.subscription, r.incident)
      FROM new_rows AS r JOIN base.webhook AS w ON w.agency = r.agency
      WHERE w.is_enabled AND w.verified_at IS NOT NULL AND (w.triggers IS NULL OR r.trigger = ANY (w.triggers))
        AND NOT r.is_withdrawn
      -- base.raise_alerts gives the alerts of one statement times in their order
      ORDER BY r.at, r.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER queue_deliveries AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION base.queue_deliveries();

    CREATE FUNCTION base.requeue_deliveries() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      one record;
    BEGIN
      -- one after the other, so that they wait in the order in which they did
      FOR one IN
        SELECT d.id FROM base.delivery AS d JOIN new_rows AS n ON n.id = d.alert JOIN old_rows AS o ON o.id = n.id
        WHERE o.is_withdrawn AND NOT n.is_withdrawn AND d.state = 'withdrawn' ORDER BY d.seq
      LOOP
        UPDATE base.delivery SET state = 'pending', seq = DEFAULT, next_at = clock_timestamp(), settled_at = NULL,
          give_up_at = clock_timestamp() + ${TRIED_FOR} WHERE id = one.id;
      END LOOP;
      RETURN NULL;
    END $$;
    COMMENT ON FUNCTION base.requeue_deliveries IS 'What was not sent because it was withdrawn is sent when the agency may see it again.';
    CREATE TRIGGER requeue_deliveries AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION base.requeue_deliveries();

    CREATE FUNCTION base.webhook_secrets(w base.webhook) RETURNS bytea[]
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN w.old_secret_until > clock_timestamp() THEN ARRAY[w.secret, w.old_secret] ELSE ARRAY[w.secret] END
    $$;
    CREATE FUNCTION base.secrets_of_webhook(of_webhook uuid) RETURNS bytea[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
      SELECT base.webhook_secrets(w) FROM base.webhook AS w WHERE w.id = of_webhook
    $$;

    -- Of each lane the first delivery that waits, and those behind it: one process sends them in turn.
    CREATE FUNCTION base.claim_deliveries(lease interval, most int, most_of_one int, in_a_row int, busy uuid[])
    RETURNS TABLE (webhook uuid, delivery uuid, attempt int, lane uuid, seq bigint, alert uuid, url text, secrets bytea[],
      agency text, country text)
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
          -- half open: of all processes one tries, and one delivery
          PERFORM FROM base.webhook AS h WHERE h.id = w.id AND h.open_until = w.open_until FOR NO KEY UPDATE SKIP LOCKED;
          CONTINUE WHEN NOT FOUND;
          room := 1;
        END IF;
        -- from anywhere on and around, so that no lane waits for ever where there are many
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
              ORDER BY p.seq LIMIT CASE WHEN w.open_until IS NULL THEN in_a_row ELSE 1 END)
              AND d.state = 'pending' AND (d.claimed_until IS NULL OR d.claimed_until <= moment)
            RETURNING d.webhook, d.id, d.attempt, d.lane, d.seq, d.alert, w.url, base.webhook_secrets(w), w.agency, w.country;
          IF w.open_until IS NOT NULL THEN
            UPDATE base.webhook AS h SET open_until = moment + lease WHERE h.id = w.id;
          END IF;
        END LOOP;
        EXIT WHEN most <= 0;
      END LOOP;
    END $$;

    -- What came of attempts: the log, when to try again, and the circuits.
    CREATE FUNCTION base.settle_deliveries(results json, opens_after int, opens_for interval, opens_at_most interval)
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
        -- who answers again need not wait for what was planned when it did not
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

    CREATE FUNCTION base.sweep_deliveries(kept interval) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      died int;
    BEGIN
      UPDATE base.delivery SET state = 'dead', settled_at = clock_timestamp(), claimed_until = NULL
      WHERE state = 'pending' AND give_up_at < clock_timestamp()
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp());
      GET DIAGNOSTICS died = ROW_COUNT;
      DELETE FROM base.delivery WHERE state <> 'pending' AND settled_at < clock_timestamp() - kept;
      RETURN died;
    END $$;

    CREATE FUNCTION base.delivery_figures(OUT waiting_seconds float, OUT open_circuits int, OUT dead int)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
      SELECT coalesce(extract(epoch FROM clock_timestamp() - (
          SELECT min(d.created_at) FROM base.delivery AS d JOIN base.webhook AS w ON w.id = d.webhook
          WHERE d.state = 'pending' AND w.is_enabled AND w.verified_at IS NOT NULL)), 0)::float,
        (SELECT count(*) FROM base.webhook AS w WHERE w.open_until IS NOT NULL)::int,
        (SELECT count(*) FROM base.delivery AS d WHERE d.state = 'dead')::int
    $$;
    REVOKE EXECUTE ON FUNCTION base.secrets_of_webhook, base.claim_deliveries, base.settle_deliveries,
      base.sweep_deliveries, base.delivery_figures FROM PUBLIC;
    GRANT USAGE ON SCHEMA base TO tripoint_courier;
    GRANT EXECUTE ON FUNCTION base.secrets_of_webhook, base.claim_deliveries, base.settle_deliveries,
      base.sweep_deliveries, base.delivery_figures TO tripoint_courier;

    CREATE VIEW tripoint.webhook AS
      SELECT id, agency, country, url, triggers, is_enabled, secret, old_secret_until, verified_at, created_at, failures,
             last_error, open_until
      FROM base.webhook WHERE agency = ${AGENCY} AND ${VIEWER} > 0
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.webhook IS 'Those of the caller''s agency; the secrets can be written, not read.';
    GRANT SELECT (id, agency, country, url, triggers, is_enabled, old_secret_until, verified_at, created_at, failures, last_error,
            open_until),
          INSERT (id, agency, country, url, triggers, is_enabled, secret),
          UPDATE (url, triggers, is_enabled, secret, old_secret_until, verified_at, last_error),
          DELETE
      ON tripoint.webhook TO tripoint_service;
    SELECT base.audit_writes('base.webhook', 'webhooks', 'r.id', 'tripoint.country_bits(ARRAY[r.country])',
      watched => 'r.url, r.triggers, r.is_enabled, r.secret, r.verified_at');

    CREATE VIEW tripoint.delivery AS
      SELECT id, webhook, alert, state, attempts, created_at, next_at
      FROM base.delivery WHERE agency = ${AGENCY} AND ${VIEWER} > 0;
    COMMENT ON VIEW tripoint.delivery IS 'Those of the caller''s agency.';
    GRANT SELECT ON tripoint.delivery TO tripoint_service;

    CREATE FUNCTION tripoint.replay_deliveries(of_webhook uuid, single uuid) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      own_agency text := nullif(current_setting('tripoint.agency', true), '');
      d base.delivery;
      replayed int := 0;
    BEGIN
      FOR d IN
        SELECT k.* FROM base.delivery AS k
        WHERE k.webhook = of_webhook AND k.agency = own_agency AND k.state = 'dead' AND (single IS NULL OR k.id = single)
        ORDER BY k.seq FOR NO KEY UPDATE
      LOOP
        -- at the end of its lane: what waits there is not held up by what has failed for days
        UPDATE base.delivery SET state = 'pending', seq = DEFAULT, attempt = 0, next_at = clock_timestamp(),
          give_up_at = clock_timestamp() + ${TRIED_FOR}, settled_at = NULL
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
    COMMENT ON FUNCTION tripoint.replay_deliveries IS 'Puts dead letters of the caller''s agency behind what waits, or one of them.';
    REVOKE EXECUTE ON FUNCTION tripoint.replay_deliveries FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.replay_deliveries TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.replay_deliveries(uuid, uuid);
    DROP VIEW tripoint.delivery, tripoint.webhook;
    DROP FUNCTION base.delivery_figures(), base.sweep_deliveries(interval),
      base.settle_deliveries(json, int, interval, interval), base.claim_deliveries(interval, int, int, int, uuid[]),
      base.secrets_of_webhook(uuid), base.webhook_secrets(base.webhook);
    DROP TRIGGER requeue_deliveries ON base.alert;
    DROP TRIGGER queue_deliveries ON base.alert;
    DROP FUNCTION base.requeue_deliveries(), base.queue_deliveries();
    DROP TABLE base.delivery;
    SELECT base.stop_audit('base.webhook');
    DROP TABLE base.webhook;
    DROP FUNCTION base.change_webhook();
    REVOKE USAGE ON SCHEMA base FROM tripoint_courier;
  `);
