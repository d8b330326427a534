CREATE OR REPLACE FUNCTION base.end_demo_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  UPDATE base.api_key SET revoked_at = now() WHERE is_demo AND revoked_at IS NULL;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.end_demo_keys IS 'With the first admin key of its own a database is no demo any more.';
CREATE TRIGGER end_demo_keys AFTER INSERT ON base.api_key FOR EACH ROW
  WHEN (NOT NEW.is_demo AND 'admin' = ANY (NEW.roles)) EXECUTE FUNCTION base.end_demo_keys();

CREATE OR REPLACE FUNCTION base.audit_api_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'keys', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce((SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'keys', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce((SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency), 0) AS bits,
        CASE WHEN (NULL::text) IS DISTINCT FROM (NULL::text) THEN (NULL::text) || ' → ' || (NULL::text) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id WHERE ROW(r.hash, r.agency, r.roles, r.expires_at, r.revoked_at) IS DISTINCT FROM ROW(o.hash, o.agency, o.roles, o.expires_at, o.revoked_at)
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'keys', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce((SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_delete AFTER DELETE ON base.api_key
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_insert AFTER INSERT ON base.api_key
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_update AFTER UPDATE ON base.api_key
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
