CREATE VIEW tripoint.crossing_side AS
  SELECT crossing, country, names, admin_unit FROM base.crossing_side
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.crossing_side IS 'Everybody.';
GRANT SELECT ON tripoint.crossing_side TO tripoint_service;
