CREATE VIEW tripoint.legal_hold AS
  SELECT h.incident, h.country, h.agency, h.reason, h.placed_at
  FROM base.legal_hold AS h
  WHERE (tripoint.country_bits(ARRAY[h.country]) & (SELECT tripoint.viewer())) <> 0
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = h.incident)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.legal_hold IS 'The owner country of the incident, as far as the caller sees the incident.';
GRANT SELECT, INSERT, UPDATE (reason), DELETE ON tripoint.legal_hold TO tripoint_service;
