-- Images and templates of a database are cloned: what tells one from another is made at its first start, like birth.
ALTER TABLE base.feed ALTER COLUMN secret DROP DEFAULT, ALTER COLUMN secret DROP NOT NULL,
  ALTER COLUMN reset_mark DROP DEFAULT, ALTER COLUMN reset_mark DROP NOT NULL,
  ALTER COLUMN clock_at DROP DEFAULT, ALTER COLUMN clock_at DROP NOT NULL;
UPDATE base.feed SET secret = NULL, reset_mark = NULL, clock_at = NULL WHERE birth IS NULL;
COMMENT ON COLUMN base.feed.secret IS 'Encrypts cursors: in the open they would show how many transactions there were. NULL: not started yet.';
COMMENT ON COLUMN base.feed.reset_mark IS 'Changes with each announced reset; an open stream that finds another one sends the event reset. NULL: not started yet.';
COMMENT ON COLUMN base.feed.clock_at IS 'Changes that time alone makes are added up to this instant. NULL: not started yet.';
