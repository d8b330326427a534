ALTER TABLE base.alert_queue ADD COLUMN agency text;
COMMENT ON COLUMN base.alert_queue.agency IS 'Only for the filters of this agency, which are evaluated apart because they are slow. NULL: for everybody.';
CREATE INDEX alert_queue_apart_idx ON base.alert_queue (agency, n) WHERE agency IS NOT NULL;

ALTER TABLE base.subscription
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_ms int,
  ADD COLUMN suspended_incidents int,
  ADD CONSTRAINT subscription_suspension_is_whole CHECK (
    num_nonnulls(suspended_at, suspended_ms, suspended_incidents) IN (0, 3) AND NOT (enabled AND suspended_at IS NOT NULL));
COMMENT ON CONSTRAINT subscription_suspension_is_whole ON base.subscription IS 'A suspension has its time and its cost, and the subscription is disabled.';
COMMENT ON COLUMN base.subscription.suspended_at IS 'When the service disabled it because its filter was too costly. Enabling it again clears this.';
COMMENT ON COLUMN base.subscription.suspended_ms IS 'How long its filter took.';
COMMENT ON COLUMN base.subscription.suspended_incidents IS 'For how many incidents.';

ALTER TABLE base.alert DROP CONSTRAINT alert_trigger_check;
ALTER TABLE base.alert ADD CONSTRAINT alert_trigger_check CHECK (trigger IN
  ('enter', 'leave', 'created', 'updated', 'closed', 'threshold', 'overdue', 'distress', 'suspended'));
