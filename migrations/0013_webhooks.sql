CREATE TABLE base.webhook (
  id               uuid PRIMARY KEY,
  agency           text NOT NULL,
  country          text NOT NULL,
  url              text NOT NULL,
  triggers         text[],
  is_enabled       boolean NOT NULL DEFAULT true,
  secret           bytea NOT NULL,
  old_secret       bytea,
  old_secret_until timestamptz,
  verified_at      timestamptz,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  failures         int NOT NULL DEFAULT 0,
  last_error       text,
  open_until       timestamptz,
  CONSTRAINT webhook_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.webhook IS 'URL of an agency to which the service posts its alerts.';
COMMENT ON COLUMN base.webhook.triggers IS 'Kinds of alerts that it takes; NULL: all.';
COMMENT ON COLUMN base.webhook.secret IS 'Signs deliveries (Standard Webhooks).';
COMMENT ON COLUMN base.webhook.old_secret IS 'Also signs until old_secret_until.';
COMMENT ON COLUMN base.webhook.verified_at IS 'When the receiver at this URL answered a challenge. Nothing is delivered before.';
COMMENT ON COLUMN base.webhook.failures IS 'Failed attempts in a row.';
COMMENT ON COLUMN base.webhook.open_until IS 'Until then the circuit is open and nothing is sent; then one delivery tries.';
CREATE INDEX webhook_agency_idx ON base.webhook (agency, id);

CREATE TABLE base.delivery (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq           bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  webhook       uuid NOT NULL REFERENCES base.webhook ON DELETE CASCADE,
  agency        text NOT NULL,
  alert         uuid NOT NULL REFERENCES base.alert ON DELETE CASCADE,
  lane          uuid NOT NULL,
  state         text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead', 'withdrawn')),
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  next_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  give_up_at    timestamptz NOT NULL DEFAULT clock_timestamp() + interval '3 days',
  claimed_until timestamptz,
  attempt       int NOT NULL DEFAULT 0,
  attempts      jsonb NOT NULL DEFAULT '[]',
  settled_at    timestamptz
);
COMMENT ON TABLE base.delivery IS 'Deliveries of alerts to webhooks, waiting or settled.';
COMMENT ON COLUMN base.delivery.id IS 'The webhook-id, the same for each attempt. Random: it says nothing about other deliveries.';
COMMENT ON COLUMN base.delivery.seq IS 'Order within a lane.';
COMMENT ON COLUMN base.delivery.agency IS 'Of the webhook: its view filters by it.';
COMMENT ON COLUMN base.delivery.lane IS 'The subscription, otherwise the incident. Deliveries of a lane are sent one after another.';
COMMENT ON COLUMN base.delivery.next_at IS 'Not sent before.';
COMMENT ON COLUMN base.delivery.give_up_at IS 'Dead letter if not delivered by then.';
COMMENT ON COLUMN base.delivery.claimed_until IS 'Lease of a process; if that dies, the delivery is sent again afterwards.';
COMMENT ON COLUMN base.delivery.attempts IS 'Time, duration and result of each.';
CREATE INDEX delivery_lane_idx ON base.delivery (webhook, lane, seq) WHERE state = 'pending';
CREATE INDEX delivery_claimed_idx ON base.delivery (webhook, lane) WHERE state = 'pending' AND claimed_until IS NOT NULL;
CREATE INDEX delivery_newest_idx ON base.delivery (webhook, created_at DESC, id DESC);
CREATE INDEX delivery_dead_idx ON base.delivery (webhook, seq) WHERE state = 'dead';
CREATE INDEX delivery_alert_idx ON base.delivery (alert);
CREATE INDEX delivery_settled_idx ON base.delivery (settled_at) WHERE state <> 'pending';
