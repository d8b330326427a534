-- Test: test/geodesy/placement.test.ts
CREATE OR REPLACE FUNCTION base.cut_country() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM base.country_part WHERE country = NEW.code;
  INSERT INTO base.country_part (country, area)
  SELECT NEW.code, (ST_Dump(piece)).geom FROM ST_Subdivide(NEW.area, 64) AS piece;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.cut_country IS 'Cuts the area of a country into small pieces, so that "which country is this" is an index look-up.';
CREATE TRIGGER cut_country AFTER INSERT OR UPDATE OF area ON base.country
  FOR EACH ROW EXECUTE FUNCTION base.cut_country();
