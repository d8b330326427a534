CREATE VIEW tripoint.crossing_status AS
  SELECT id, crossing, country, direction, traffic, state, reason, valid_from, valid_to, source, agency,
         recorded_at
  FROM base.crossing_status
  WHERE (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.crossing_status IS 'Everybody.';
GRANT SELECT, INSERT ON tripoint.crossing_status TO tripoint_service;
