CREATE TRIGGER keep_version BEFORE INSERT OR UPDATE OR DELETE ON base.border
  FOR EACH ROW EXECUTE FUNCTION base.keep_version('borders');

-- Test: test/geodesy/placement.test.ts
CREATE OR REPLACE FUNCTION base.cut_border() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM base.border_edge WHERE border = NEW.code;
  INSERT INTO base.border_edge (border, seq, line, from_m, length_m)
  SELECT NEW.code, e.seq, e.line, sum(e.length_m) OVER (ORDER BY e.seq) - e.length_m, e.length_m
  FROM (
    SELECT (d.path)[1] AS seq, d.geom AS line, ST_Length(d.geom::geography) AS length_m
    FROM ST_DumpSegments(NEW.line) AS d
  ) AS e;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.cut_border IS 'Cuts the line of a border into edges with their geodesic chainage: a fraction of the planar line is not a distance.';
CREATE TRIGGER cut_border AFTER INSERT OR UPDATE OF line ON base.border
  FOR EACH ROW EXECUTE FUNCTION base.cut_border();

CREATE TRIGGER change_insert AFTER INSERT ON base.border REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
CREATE TRIGGER change_update AFTER UPDATE ON base.border REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
CREATE TRIGGER change_delete AFTER DELETE ON base.border REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
