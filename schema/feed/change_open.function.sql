CREATE OR REPLACE FUNCTION base.change_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  rows text := CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END;
  is_part boolean := TG_ARGV[2] = 'part';
BEGIN
  EXECUTE format($add$ INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT $1, r.id, $2, $3, NULL, NULL, 0 FROM (SELECT DISTINCT %I AS id FROM %I) AS r ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at $add$, TG_ARGV[1], rows)
  USING TG_ARGV[0], CASE WHEN TG_OP = 'INSERT' AND NOT is_part THEN 0 ELSE 15 END,
    CASE WHEN TG_OP = 'DELETE' AND NOT is_part THEN 0 ELSE 15 END;
  RETURN NULL;
END $$;
