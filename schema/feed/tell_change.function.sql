CREATE OR REPLACE FUNCTION base.tell_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  collection text := TG_ARGV[0];
  place text := TG_ARGV[1];
  audience text := TG_ARGV[2];
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
    WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
    ELSE 'SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows' END;
  is_any boolean;
  bits int;
  agencies text;
  around box2d;
  said text;
BEGIN
  EXECUTE format('SELECT count(*) > 0, %s, %s, %s FROM (%s) AS r',
    CASE audience WHEN '' THEN '15' ELSE format('coalesce(bit_or(%s), 0)', audience) END,
    CASE audience WHEN '' THEN 'NULL' ELSE 'string_agg(DISTINCT r.red_agency, '','')' END,
    CASE place WHEN '' THEN 'NULL' ELSE format('ST_Extent(r.%I)', place) END,
    changed) INTO is_any, bits, agencies, around;
  IF NOT is_any THEN RETURN NULL; END IF;
  said := concat_ws(' ', collection, bits, coalesce(agencies, '-'),
    ST_XMin(around), ST_YMin(around), ST_XMax(around), ST_YMax(around));
  -- Services are told by a notice, and tell the others once they have committed: a transaction that notifies holds a
  -- lock until its commit is through, so that writers would wait for each other.
  IF current_setting('tripoint.tells', true) = 'on' THEN
    RAISE NOTICE USING MESSAGE = said, ERRCODE = 'TPCHG';
  ELSE
    PERFORM pg_notify('tripoint_change', said);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.tell_change IS 'Tells services what to read anew: a collection, who was and is shown what was written, and where it lay and lies. Who is not shown it notices nothing, not even that a tile takes longer. No content.';
