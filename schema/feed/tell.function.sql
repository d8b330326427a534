CREATE OR REPLACE FUNCTION base.tell(collection text, row_count bigint, audience int, agencies text, around box2d)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  said text := concat_ws(' ', collection, coalesce(audience, 0), coalesce(agencies, '-'),
    ST_XMin(around), ST_YMin(around), ST_XMax(around), ST_YMax(around));
BEGIN
  IF row_count = 0 THEN RETURN; END IF;
  -- Services are told by a notice, and tell the others once they have committed: a transaction that notifies holds a
  -- lock until its commit is through, so that writers would wait for each other.
  IF current_setting('tripoint.tells', true) = 'on' THEN
    RAISE NOTICE USING MESSAGE = said, ERRCODE = 'TPCHG';
  ELSE
    PERFORM pg_notify('tripoint_change', said);
  END IF;
END $$;
COMMENT ON FUNCTION base.tell IS 'Tells services what to read again: a collection, who saw and sees what was written (countries as a bitmask, agencies of RED rows), and where it lay and lies. No content: who does not see a row notices nothing, not even that a tile takes longer.';
