CREATE VIEW tripoint.segment AS
  SELECT id, border, sequence, from_km, to_km, line, geog, names, name_basis, admin_units,
         horizontal_accuracy_m, impact_level, unverified_items, source, licence,
         valid_from, NULL::timestamptz AS valid_to, correction
  FROM base.segment
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.segment IS 'Everybody.';
GRANT SELECT ON tripoint.segment TO tripoint_service;
