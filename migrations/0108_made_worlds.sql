ALTER TABLE base.world ADD COLUMN made_at timestamptz;
COMMENT ON COLUMN base.world.made_at IS 'When the command world new made it; NULL: the world that a database is without the command. Demo data enters no world that was made.';
