CREATE VIEW tripoint.country AS
  SELECT code, names, utc_offset, time_zone, area, source, licence FROM base.country
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.country IS 'Everybody.';
GRANT SELECT ON tripoint.country TO tripoint_service;
