-- Triggers world_has_ended call it. Only an ended exercise has them, on every table that the service writes content into
-- (base.close_world): a world that goes on pays nothing, and a table of a later version is closed without being named.
-- Twin: TPEND in src/db/errors.ts, compared by test/worlds/end.test.ts
CREATE OR REPLACE FUNCTION base.refuse_after_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%', (SELECT format('The exercise %s ended at %s.', w.id, tripoint.utc(w.ended_at)) FROM base.world AS w)
    USING ERRCODE = 'TPEND';
END $$;
COMMENT ON FUNCTION base.refuse_after_end IS 'Refuses a write of the service in an exercise that has ended.';

-- The setting role, because a function with the rights of its owner has another current_user.
-- Test: test/worlds/end.test.ts
CREATE OR REPLACE FUNCTION base.close_world() RETURNS void
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
DECLARE
  -- what reading writes: the log, shares of requests, keys, sessions and their use, the beginning of the feed, kept texts and sums
  open text[] := ARRAY['audit_entry', 'audit_seal', 'audit_sealing', 'refused_attempt', 'rate_lease', 'api_key', 'session', 'feed', 'change',
    'installation', 'lost_head', 'incident_text', 'incident_text_renewal', 'incident_class', 'incident_cell', 'incident_cell_day',
    'incident_cell_delta'];
  name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL (open)
      AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'world_has_ended')
    ORDER BY c.relname
  LOOP
    EXECUTE format('CREATE TRIGGER world_has_ended BEFORE INSERT OR UPDATE OR DELETE ON base.%I FOR EACH STATEMENT
      WHEN (current_setting(''role'') = ''tripoint_service'') EXECUTE FUNCTION base.refuse_after_end()', name);
  END LOOP;
END $$;
COMMENT ON FUNCTION base.close_world IS 'Makes an exercise read-only for the service. Keys stay revocable, and maintenance goes on: sealing, purging, deliveries.';
REVOKE EXECUTE ON FUNCTION base.close_world FROM PUBLIC;

-- Test: test/worlds/end.test.ts, test/restores/replay.test.ts
CREATE OR REPLACE FUNCTION base.end_world() RETURNS boolean
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
DECLARE
  ended base.world;
BEGIN
  -- waits for writes under way: after the end no write is acknowledged
  PERFORM base.close_world();
  UPDATE base.world AS w SET ended_at = clock_timestamp() WHERE w.kind = 'exercise' AND w.ended_at IS NULL RETURNING w.* INTO ended;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM base.add_write_entry('change', 'worlds', ended.id, 1, ARRAY[1, 1, 1]::bigint[], 14, 'open → ended');
  RETURN true;
END $$;
COMMENT ON FUNCTION base.end_world IS 'Ends an exercise; false: this is none, or it has ended. The entry in the log is for the auditors of all countries.';
REVOKE EXECUTE ON FUNCTION base.end_world FROM PUBLIC;
