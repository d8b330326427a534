-- A database has an instant of its own only where somebody made it a world: the migrations alone leave the same rows everywhere.
ALTER TABLE base.world ALTER COLUMN stamped_at DROP NOT NULL, ALTER COLUMN stamped_at DROP DEFAULT;
UPDATE base.world SET stamped_at = NULL WHERE kind = 'actual';
COMMENT ON COLUMN base.world.stamped_at IS 'When the database was made this world; NULL: it has been the actual one since its migration.';
