-- A write of an incident raises one alert for an agency, with every trigger of every subscription.
ALTER TABLE base.alert
  ADD COLUMN triggers text[],
  ADD COLUMN subscriptions uuid[],
  ADD COLUMN writes xid8[] NOT NULL DEFAULT ARRAY[pg_current_xact_id()];
-- USING, because an UPDATE would put every alert into the change feed
ALTER TABLE base.alert
  ALTER COLUMN triggers TYPE text[] USING ARRAY[trigger],
  ALTER COLUMN triggers SET NOT NULL,
  ALTER COLUMN subscriptions TYPE uuid[] USING ARRAY[subscription],
  ALTER COLUMN subscriptions SET NOT NULL,
  ADD CONSTRAINT alert_reasons_are_pairs CHECK (
    cardinality(triggers) = cardinality(subscriptions) AND trigger = triggers[1]);
COMMENT ON COLUMN base.alert.trigger IS 'The first of its triggers, which a headline names.';
COMMENT ON COLUMN base.alert.subscription IS 'The subscription of the first trigger. NULL: raised without one, for distress and overdue acknowledgements. No foreign key: alerts outlive subscriptions.';
COMMENT ON COLUMN base.alert.triggers IS 'What raised it, with the subscriptions at the same places.';
COMMENT ON COLUMN base.alert.subscriptions IS 'For each trigger its subscription; NULL: none.';
COMMENT ON COLUMN base.alert.writes IS 'The transactions that it is about: later triggers of the same ones are added to it.';
COMMENT ON CONSTRAINT alert_reasons_are_pairs ON base.alert IS 'Each trigger has its subscription, or NULL, and the first trigger is the one of the headline.';
-- an incident is new to a subscription once: base.raise_alerts, one process at a time
DROP INDEX base.alert_created_idx;

ALTER TABLE base.alert_queue ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
COMMENT ON COLUMN base.alert_queue.xid IS 'The transaction that wrote the incident.';

COMMENT ON COLUMN base.delivery.lane IS 'The incident, of a reset the webhook. Deliveries of a lane are sent one after another.';
