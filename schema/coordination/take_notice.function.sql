-- Test: test/coordination/acknowledgements.test.ts
CREATE OR REPLACE FUNCTION base.take_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  DELETE FROM base.incident_due WHERE incident = NEW.incident;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.take_notice IS 'An acknowledgement or a response ends the wait for an acknowledgement.';
