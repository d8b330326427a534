CREATE OR REPLACE FUNCTION base.change_webhook() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.audit_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'webhooks', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'webhooks', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        CASE WHEN (NULL::text) IS DISTINCT FROM (NULL::text) THEN (NULL::text) || ' → ' || (NULL::text) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id WHERE ROW(r.url, r.triggers, r.is_enabled, r.secret, r.verified_at) IS DISTINCT FROM ROW(o.url, o.triggers, o.is_enabled, o.secret, o.verified_at)
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'webhooks', CASE count(*) WHEN 1 THEN min(w.target) END,
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
CREATE TRIGGER audit_delete AFTER DELETE ON base.webhook
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_insert AFTER INSERT ON base.webhook
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_update AFTER UPDATE ON base.webhook
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
