CREATE VIEW tripoint.delivery AS
  SELECT id, webhook, alert, state, attempts, created_at, next_at
  FROM base.delivery WHERE agency = (SELECT nullif(current_setting('tripoint.agency', true), '')) AND (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) > 0;
COMMENT ON VIEW tripoint.delivery IS 'Those of the caller''s agency.';
GRANT SELECT ON tripoint.delivery TO tripoint_service;
