CREATE VIEW tripoint.segment_version AS
  SELECT id, border, sequence, from_km, to_km, line, geog, names, name_basis, admin_units,
         horizontal_accuracy_m, impact_level, unverified_items, source, licence, valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.segment
  WHERE (SELECT tripoint.viewer()) > 0
  UNION ALL
  SELECT s.id, s.border, s.sequence, s.from_km, s.to_km, v.geometry::geometry(LineString, 4326), v.geometry::geography(LineString, 4326),
         s.names, s.name_basis, s.admin_units, s.horizontal_accuracy_m, NULL::text, s.unverified_items, s.source, s.licence,
         v.valid_from, v.valid_to, v.correction
  FROM base.reference_version AS v CROSS JOIN LATERAL jsonb_populate_record(NULL::base.segment, v.content) AS s
  WHERE v.collection = 'segments' AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.segment_version IS 'Everybody. The segments as they are, and their earlier versions.';
GRANT SELECT ON tripoint.segment_version TO tripoint_service;
