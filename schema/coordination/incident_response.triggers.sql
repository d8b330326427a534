CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.join_incident();

CREATE OR REPLACE FUNCTION base.label_response() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  -- who widens the incident later has no say in what others do about it
  SELECT CASE WHEN NEW.country <> i.owner THEN i.audience END INTO NEW.own_audience
  FROM base.incident AS i WHERE i.id = NEW.incident;
  RETURN NEW;
END $$;
CREATE TRIGGER label_response BEFORE INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.label_response();

CREATE TRIGGER take_notice AFTER INSERT ON base.incident_response
  FOR EACH ROW EXECUTE FUNCTION base.take_notice();

CREATE OR REPLACE FUNCTION base.audit_incident_response() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'responses', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.incident || '/' || r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country, r.owner]), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'responses', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.incident || '/' || r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country, r.owner]), 0) AS bits,
        CASE WHEN (NULL::text) IS DISTINCT FROM (NULL::text) THEN (NULL::text) || ' → ' || (NULL::text) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'responses', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.incident || '/' || r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country, r.owner]), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_response
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_response
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_response
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
