CREATE OR REPLACE FUNCTION base.audit_crossing_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'crossings', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.crossing)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'crossings', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.crossing)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        CASE WHEN (NULL::text) IS DISTINCT FROM (NULL::text) THEN (NULL::text) || ' → ' || (NULL::text) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'crossings', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.crossing)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.country]), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_delete AFTER DELETE ON base.crossing_status
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_insert AFTER INSERT ON base.crossing_status
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_update AFTER UPDATE ON base.crossing_status
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();

CREATE TRIGGER change_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part');
CREATE TRIGGER change_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part');

CREATE TRIGGER tell_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('crossings', '', '');
CREATE TRIGGER tell_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('crossings', '', '');
CREATE TRIGGER tell_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('crossings', '', '');
