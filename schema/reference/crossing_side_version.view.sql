CREATE VIEW tripoint.crossing_side_version AS
  SELECT crossing, country, names, admin_unit, valid_from, NULL::timestamptz AS valid_to FROM base.crossing_side
  WHERE (SELECT tripoint.viewer()) > 0
  UNION ALL
  SELECT s.crossing, s.country, s.names, s.admin_unit, v.valid_from, v.valid_to
  FROM base.reference_version AS v CROSS JOIN LATERAL jsonb_populate_record(NULL::base.crossing_side, v.content) AS s
  WHERE v.collection = 'sides' AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.crossing_side_version IS 'Everybody. The sides of crossings as they are, and their earlier versions.';
GRANT SELECT ON tripoint.crossing_side_version TO tripoint_service;
