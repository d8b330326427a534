CREATE VIEW tripoint.crossing_status AS
  SELECT id, crossing, country, entering, traffic, state, hours, reason, valid_from, valid_to, source, agency,
         recorded_at, withdrawn_at, withdrawn_by, withdrawal_reason
  FROM base.crossing_status
  WHERE (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.crossing_status IS 'Everybody.';
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawal_reason) ON tripoint.crossing_status TO tripoint_service;
