-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_alert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_write_entries('change', 'alerts', ARRAY(
    SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.country]), 'acknowledged')::base.audited
    FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    WHERE r.acknowledged_at IS DISTINCT FROM o.acknowledged_at));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_alert IS 'Audit log: an agency acknowledges an alert, each with an entry of its own. All other changes of alerts are the work of the database, not of an agency.';
CREATE TRIGGER audit_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_alert();

-- Test: test/exchange/alerts.test.ts
CREATE OR REPLACE FUNCTION base.change_alerts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
    SELECT 'alerts', r.id, 0, 0, r.red_agency, base.alert_concern(r.country, r.incident) FROM new_rows AS r;
    PERFORM base.tell('alerts', count(*), 0, string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point)) FROM new_rows AS r;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'alerts', r.id, 0, 0, o.red_agency, r.red_agency, base.alert_concern(r.country, r.incident)
    FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ON CONFLICT (xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at;
    PERFORM base.tell('alerts', count(*), 0, string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point),
      EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id WHERE o.red_agency IS DISTINCT FROM n.red_agency))
    FROM (
      SELECT n.red_agency, n.point FROM new_rows AS n UNION ALL SELECT o.red_agency, o.point FROM old_rows AS o
    ) AS r;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'alerts', o.id, 0, 0, o.red_agency, NULL, base.alert_concern(o.country, o.incident) FROM old_rows AS o
    ON CONFLICT (xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at;
    PERFORM base.tell('alerts', count(*), 0, string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point), true) FROM old_rows AS r;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_alerts IS 'Change feed and tiles: an alert is added, changed or removed. It concerns the country of its agency and the owner of its incident.';
CREATE TRIGGER change_insert AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_delete AFTER DELETE ON base.alert REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();

-- Test: test/webhooks/webhooks.test.ts
CREATE OR REPLACE FUNCTION base.queue_deliveries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  INSERT INTO base.delivery (webhook, agency, alert, lane)
  SELECT w.id, w.agency, r.id, coalesce(r.incident, r.assessment)
  FROM new_rows AS r JOIN base.webhook AS w ON w.agency = r.agency
  WHERE w.is_enabled AND w.verified_at IS NOT NULL AND (w.triggers IS NULL OR r.triggers && w.triggers)
    AND NOT r.is_withdrawn
  -- the times of alerts of one statement follow their order (base.raise_alerts)
  ORDER BY r.at, r.id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.queue_deliveries IS 'Queues a delivery for each enabled and verified webhook of the agency that takes alerts of this kind, so that no alert is lost between its commit and its delivery.';
CREATE TRIGGER queue_deliveries AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.queue_deliveries();

-- Test: test/webhooks/webhooks.test.ts
CREATE OR REPLACE FUNCTION base.requeue_deliveries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  one record;
BEGIN
  -- one after the other, so that they keep their order
  FOR one IN
    SELECT d.id FROM base.delivery AS d JOIN new_rows AS n ON n.id = d.alert JOIN old_rows AS o ON o.id = n.id
    WHERE o.is_withdrawn AND NOT n.is_withdrawn AND d.state = 'withdrawn' ORDER BY d.seq
  LOOP
    UPDATE base.delivery SET state = 'pending', seq = DEFAULT, next_at = clock_timestamp(), settled_at = NULL,
      give_up_at = clock_timestamp() + interval '3 days' WHERE id = one.id;
  END LOOP;
  -- a webhook that takes none of the first triggers gets the alert when one that it takes is added
  INSERT INTO base.delivery (webhook, agency, alert, lane)
  SELECT w.id, w.agency, n.id, coalesce(n.incident, n.assessment)
  FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.triggers <> n.triggers
  JOIN base.webhook AS w ON w.agency = n.agency AND w.is_enabled AND w.verified_at IS NOT NULL AND n.triggers && w.triggers
  WHERE NOT n.is_withdrawn AND NOT EXISTS (SELECT FROM base.delivery AS d WHERE d.alert = n.id AND d.webhook = w.id)
  ORDER BY n.at, n.id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.requeue_deliveries IS 'Queues withdrawn deliveries again once the agency may see the alert again, and an alert for webhooks that take only a trigger that it did not have at first.';
CREATE TRIGGER requeue_deliveries AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.requeue_deliveries();

-- Test: test/exchange/atom.test.ts
CREATE OR REPLACE FUNCTION base.count_alert_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.triggers := coalesce(NEW.triggers, ARRAY[NEW.trigger]);
    NEW.subscriptions := coalesce(NEW.subscriptions, ARRAY[NEW.subscription]);
    NEW.first_at := NEW.at;
    NEW.updated_at := NEW.at;
  ELSE
    NEW.updated_at := clock_timestamp();
    NEW.revision := OLD.revision + 1;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.count_alert_revision IS 'An alert that says something else, or that its agency sees again, has another revision and goes to the top of the Atom feed.';
CREATE TRIGGER count_first_revision BEFORE INSERT ON base.alert
  FOR EACH ROW EXECUTE FUNCTION base.count_alert_revision();
CREATE TRIGGER count_revision BEFORE UPDATE ON base.alert
  FOR EACH ROW WHEN (OLD.triggers IS DISTINCT FROM NEW.triggers OR OLD.at IS DISTINCT FROM NEW.at OR OLD.due_at IS DISTINCT FROM NEW.due_at
    OR OLD.severity IS DISTINCT FROM NEW.severity OR OLD.certainty IS DISTINCT FROM NEW.certainty
    OR OLD.is_withdrawn AND NOT NEW.is_withdrawn)
  EXECUTE FUNCTION base.count_alert_revision();

CREATE TRIGGER write_own BEFORE UPDATE ON base.alert
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
