-- Twin: readChange, readNotice and CHANGE_NOTICE in src/db/change.log.ts, compared by test/database/twins.test.ts.
-- Test: test/ogc/tile-memory.test.ts, test/ogc/kept-files.test.ts
CREATE OR REPLACE FUNCTION base.tell(collection text, row_count bigint, audience int, agencies text, around box2d,
  hides boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  said text := concat_ws(' ', collection, coalesce(audience, 0), coalesce(agencies, '-'),
    ST_XMin(around), ST_YMin(around), ST_XMax(around), ST_YMax(around), CASE WHEN hides THEN 'hides' END);
BEGIN
  IF row_count = 0 THEN RETURN; END IF;
  -- The service that writes hears a notice, and notifies the other processes after its commit. A transaction with NOTIFY
  -- holds a lock until its commit has ended, so writers would wait for each other.
  IF current_setting('tripoint.tells', true) = 'on' THEN
    RAISE NOTICE USING MESSAGE = said, ERRCODE = 'TPCHG';
  ELSE
    PERFORM pg_notify('tripoint_change', '- ' || said);
  END IF;
END $$;
COMMENT ON FUNCTION base.tell IS 'Notifies the services what to read again: the collection, who saw and sees the written rows (countries as a bitmask, agencies of RED rows), their bounding box, and whether somebody lost sight of a row. No content, so that a viewer without access notices nothing, not even a slower tile.';
