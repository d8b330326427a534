-- Asks the view itself as each viewer, and becomes the caller again before it answers.
CREATE OR REPLACE FUNCTION tripoint.zone_viewers(of_zone text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  asker text := current_setting('tripoint.viewer', true);
  agency text := current_setting('tripoint.agency', true);
  other record;
  viewers text[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = of_zone AND z.state = 'active') THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('tripoint.agency', '', true);
  FOR other IN SELECT v.name, v.bits
    FROM unnest(ARRAY['public', 'DZA', 'LBY', 'TUN'], ARRAY['1', '3', '5', '9']) AS v (name, bits)
  LOOP
    PERFORM set_config('tripoint.viewer', other.bits, true);
    IF EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = of_zone AND z.state = 'active') THEN
      viewers := viewers || other.name;
    END IF;
  END LOOP;
  PERFORM set_config('tripoint.viewer', asker, true), set_config('tripoint.agency', agency, true);
  RETURN viewers;
END $$;
COMMENT ON FUNCTION tripoint.zone_viewers IS 'Who sees a zone in force that the caller sees: callers without a key, and countries. Others may be shown the proposal.';
REVOKE EXECUTE ON FUNCTION tripoint.zone_viewers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.zone_viewers TO tripoint_service;
