CREATE OR REPLACE FUNCTION base.audit_alert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'alerts', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'alerts', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        CASE WHEN (NULL::text) IS DISTINCT FROM (NULL::text) THEN (NULL::text) || ' → ' || (NULL::text) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id WHERE ROW(r.acknowledged_at) IS DISTINCT FROM ROW(o.acknowledged_at)
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'alerts', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_update AFTER UPDATE ON base.alert
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_alert();

CREATE OR REPLACE FUNCTION base.change_alerts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
    SELECT 'alerts', r.id, 0, 0, r.red_agency, tripoint.concern('RED', r.country) | coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = r.incident), 0) FROM new_rows AS r;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern) SELECT 'alerts', r.id, 0, 0, o.red_agency, r.red_agency, tripoint.concern('RED', r.country) | coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = r.incident), 0)
    FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern) SELECT 'alerts', o.id, 0, 0, o.red_agency, NULL, tripoint.concern('RED', o.country) | coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = o.incident), 0) FROM old_rows AS o ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER change_delete AFTER DELETE ON base.alert REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_insert AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();

CREATE OR REPLACE FUNCTION base.queue_deliveries() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.requeue_deliveries() RETURNS trigger
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
      give_up_at = clock_timestamp() + interval '3 days' WHERE id = one.id;
  END LOOP;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.requeue_deliveries IS 'What was not sent because it was withdrawn is sent when the agency may see it again.';
CREATE TRIGGER requeue_deliveries AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.requeue_deliveries();

CREATE TRIGGER tell_delete AFTER DELETE ON base.alert REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('alerts', 'point', '0');
CREATE TRIGGER tell_insert AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('alerts', 'point', '0');
CREATE TRIGGER tell_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('alerts', 'point', '0');
