CREATE TRIGGER keep_version BEFORE INSERT OR UPDATE OR DELETE ON base.segment
  FOR EACH ROW EXECUTE FUNCTION base.keep_version('segments');

CREATE TRIGGER change_insert AFTER INSERT ON base.segment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
CREATE TRIGGER change_update AFTER UPDATE ON base.segment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
-- the layer of impact levels has all segments
CREATE TRIGGER change_impact_insert AFTER INSERT ON base.segment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_impact_update AFTER UPDATE ON base.segment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_impact_delete AFTER DELETE ON base.segment REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_delete AFTER DELETE ON base.segment REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
