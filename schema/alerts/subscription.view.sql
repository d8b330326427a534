CREATE VIEW tripoint.subscription AS
  SELECT id, agency, name, zone, segment, crossing, within_m, filter, kinds, minimum_severity, natures, triggers, threshold_incidents, threshold_minutes, hysteresis_m, enabled, revision, created_at, updated_at,
    suspended_at, suspended_ms, suspended_incidents
  FROM base.subscription WHERE agency = (SELECT tripoint.caller_agency()) AND (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.subscription IS 'Its own agency.';
GRANT SELECT, DELETE, INSERT (id, agency, name, zone, segment, crossing, within_m, filter, kinds, minimum_severity, natures, triggers, threshold_incidents, threshold_minutes, hysteresis_m, enabled), UPDATE (name, zone, segment, crossing, within_m, filter, kinds, minimum_severity, natures, triggers, threshold_incidents, threshold_minutes, hysteresis_m, enabled) ON tripoint.subscription TO tripoint_service;
