CREATE VIEW tripoint.crossing AS
  SELECT id, border, segment, border_km, point, geog, kind, names, aliases, alternatives,
         horizontal_accuracy_m, position_method, unverified_items, source, licence,
         valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.crossing
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.crossing IS 'Everybody.';
GRANT SELECT ON tripoint.crossing TO tripoint_service;
