CREATE VIEW tripoint.webhook AS
  SELECT id, agency, country, url, triggers, coordination, is_enabled, secret, old_secret_until, verified_at, created_at, failures,
         last_error, open_until
  FROM base.webhook WHERE agency = (SELECT tripoint.caller_agency()) AND (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.webhook IS 'Its own agency. Secrets can be written and not read.';
GRANT SELECT (id, agency, country, url, triggers, coordination, is_enabled, old_secret_until, verified_at, created_at, failures, last_error,
        open_until),
      INSERT (id, agency, country, url, triggers, coordination, is_enabled, secret),
      UPDATE (url, triggers, coordination, is_enabled, secret, old_secret_until, verified_at, last_error),
      DELETE ON tripoint.webhook TO tripoint_service;
