CREATE VIEW tripoint.incident_acknowledgement AS
  SELECT a.incident, a.agency, a.country, a.at, tripoint.country_bits(ARRAY[a.country, a.owner]) AS concern
  FROM base.incident_acknowledgement AS a
  WHERE (SELECT tripoint.viewer()) > 1 AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = a.incident)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.incident_acknowledgement IS 'Agencies that see the incident. Callers without a key see no coordination.';
GRANT SELECT, INSERT ON tripoint.incident_acknowledgement TO tripoint_service;
