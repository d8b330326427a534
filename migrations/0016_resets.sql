-- After a restore, copies that others keep may hold what the database no longer has: streams and webhooks say so once.
ALTER TABLE base.feed
  ADD COLUMN reset_mark uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN lost_at timestamptz;
COMMENT ON COLUMN base.feed.reset_mark IS 'Changes with each announced reset; an open stream that finds another one sends the event reset.';
COMMENT ON COLUMN base.feed.lost_at IS 'When a process last found that the newest rows it knew are gone.';

ALTER TABLE base.delivery ALTER COLUMN alert DROP NOT NULL;
COMMENT ON COLUMN base.delivery.alert IS 'NULL: a reset, which says that the database was restored.';
COMMENT ON COLUMN base.delivery.lane IS 'The subscription, otherwise the incident, of a reset the webhook. Deliveries of a lane are sent one after another.';
CREATE INDEX delivery_reset_idx ON base.delivery (webhook, seq) WHERE state = 'pending' AND alert IS NULL;
