-- Requests, responses, acknowledgements and assistance come into the change feed, and into webhooks.
CREATE TYPE base.coordination_change AS (
  collection      text,
  id              text,
  incident        uuid,
  audience_before int,
  audience_after  int,
  red_before      text,
  red_after       text,
  agencies_before text[],
  agencies_after  text[],
  concern         int
);
COMMENT ON TYPE base.coordination_change IS 'A row of the change feed about coordination: who saw it before, and who sees it after.';

ALTER TABLE base.change ADD COLUMN agencies_before text[], ADD COLUMN agencies_after text[];
COMMENT ON COLUMN base.change.agencies_before IS 'Agencies beside the audience that saw it: rescue bodies, for assistance. NULL: none.';
COMMENT ON COLUMN base.change.agencies_after IS 'Agencies beside the audience that see it. NULL: none.';

-- the default is for the webhooks that are there: their receivers do not know these messages
ALTER TABLE base.webhook ADD COLUMN coordination text[] DEFAULT '{}';
ALTER TABLE base.webhook ALTER COLUMN coordination DROP DEFAULT;
COMMENT ON COLUMN base.webhook.coordination IS 'Collections of coordination that it takes; NULL: all.';

ALTER TABLE base.delivery
  ADD COLUMN collection text,
  ADD COLUMN subject text,
  ADD CONSTRAINT delivery_has_one_subject CHECK (num_nulls(collection, subject) IN (0, 2) AND (alert IS NULL OR collection IS NULL));
COMMENT ON COLUMN base.delivery.alert IS 'NULL: coordination, or a reset, which says that the database was restored.';
COMMENT ON COLUMN base.delivery.collection IS 'Of coordination: its collection in the change feed.';
COMMENT ON COLUMN base.delivery.subject IS 'Of coordination: its id in the change feed. No foreign key: when it is sent, it is looked up as its agency sees it.';
COMMENT ON CONSTRAINT delivery_has_one_subject ON base.delivery IS 'A delivery is about an alert, about coordination, or is a reset.';
DROP INDEX base.delivery_reset_idx;
CREATE INDEX delivery_reset_idx ON base.delivery (webhook, seq) WHERE state = 'pending' AND alert IS NULL AND collection IS NULL;
