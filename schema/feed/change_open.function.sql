-- TG_ARGV: the collection, the column with the id of the feature, whether rows are the whole feature or a part of it, and
-- the column with the place (empty: no place).
-- Test: test/exchange/feed.test.ts, test/exchange/feed-copy.test.ts
CREATE OR REPLACE FUNCTION base.change_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
    WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
    ELSE 'SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows' END;
  is_part boolean := TG_ARGV[2] = 'part';
  ids text[];
  around box2d;
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT r.%I), %s FROM (%s) AS r', TG_ARGV[1],
    CASE TG_ARGV[3] WHEN '' THEN 'NULL::box2d' ELSE format('ST_Extent(r.%I)', TG_ARGV[3]) END, changed)
  INTO ids, around;
  IF ids IS NULL THEN RETURN NULL; END IF;
  -- a part that is added or removed changes the feature, which stays
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
  SELECT TG_ARGV[0], r.id, CASE WHEN TG_OP = 'INSERT' AND NOT is_part THEN 0 ELSE 15 END,
    CASE WHEN TG_OP = 'DELETE' AND NOT is_part THEN 0 ELSE 15 END, NULL, NULL, 0
  FROM unnest(ids) AS r (id)
  ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
    red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.tell(TG_ARGV[0], cardinality(ids), 15, NULL, around);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_open IS 'Change feed and tiles, for tables whose rows everybody sees.';
