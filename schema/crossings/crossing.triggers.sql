CREATE TRIGGER keep_version BEFORE INSERT OR UPDATE OR DELETE ON base.crossing
  FOR EACH ROW EXECUTE FUNCTION base.keep_version('crossings');

CREATE TRIGGER change_insert AFTER INSERT ON base.crossing REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
CREATE TRIGGER change_delete AFTER DELETE ON base.crossing REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
