CREATE VIEW tripoint.border AS
  SELECT code, countries, names, line, length_km, official_length_km, official_length_source,
         other_published_lengths, horizontal_accuracy_m, horizontal_accuracy_note, legal_basis, unverified_items, source,
         licence, valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.border
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.border IS 'Everybody.';
GRANT SELECT ON tripoint.border TO tripoint_service;
