CREATE VIEW tripoint.crossing_version AS
  SELECT id, border, segment, border_km, point, geog, kind, names, aliases, alternatives,
         horizontal_accuracy_m, position_method, unverified_items, source, licence, valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.crossing
  WHERE (SELECT tripoint.viewer()) > 0
  UNION ALL
  SELECT c.id, c.border, c.segment, c.border_km, v.geometry::geometry(Point, 4326), v.geometry::geography(Point, 4326), c.kind, c.names,
         c.aliases, c.alternatives, c.horizontal_accuracy_m, c.position_method, c.unverified_items, c.source, c.licence,
         v.valid_from, v.valid_to, v.correction
  FROM base.reference_version AS v CROSS JOIN LATERAL jsonb_populate_record(NULL::base.crossing, v.content) AS c
  WHERE v.collection = 'crossings' AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.crossing_version IS 'Everybody. The crossings as they are, and their earlier versions.';
GRANT SELECT ON tripoint.crossing_version TO tripoint_service;
