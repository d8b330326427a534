CREATE OR REPLACE FUNCTION base.take_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  DELETE FROM base.incident_due WHERE incident = NEW.incident;
  RETURN NULL;
END $$;
