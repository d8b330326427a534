CREATE VIEW tripoint.border_version AS
  SELECT code, countries, names, line, length_km, official_length_km, official_length_source,
         other_published_lengths, horizontal_accuracy_m, horizontal_accuracy_note, legal_basis, unverified_items, source,
         licence, valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.border
  WHERE (SELECT tripoint.viewer()) > 0
  UNION ALL
  SELECT b.code, b.countries, b.names, v.geometry::geometry(LineString, 4326), b.length_km, b.official_length_km, b.official_length_source,
         b.other_published_lengths, b.horizontal_accuracy_m, b.horizontal_accuracy_note, b.legal_basis, b.unverified_items, b.source,
         b.licence, v.valid_from, v.valid_to, v.correction
  FROM base.reference_version AS v CROSS JOIN LATERAL jsonb_populate_record(NULL::base.border, v.content) AS b
  WHERE v.collection = 'borders' AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.border_version IS 'Everybody. The borders as they are, and their earlier versions.';
GRANT SELECT ON tripoint.border_version TO tripoint_service;
