CREATE OR REPLACE FUNCTION base.join_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT i.owner INTO NEW.owner FROM base.incident AS i WHERE i.id = NEW.incident;
  SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
  RETURN NEW;
END $$;
