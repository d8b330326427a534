CREATE VIEW tripoint.delivery AS
  SELECT id, webhook, alert, collection, subject, state, attempts, created_at, next_at
  FROM base.delivery WHERE agency = (SELECT tripoint.caller_agency()) AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.delivery IS 'The agency of the webhook.';
GRANT SELECT ON tripoint.delivery TO tripoint_service;
