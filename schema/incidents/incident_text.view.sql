CREATE VIEW tripoint.incident_text AS
  SELECT t.id, t.shape, t.nested, t.flat FROM base.incident_text AS t
  WHERE tripoint.sees(t.audience, t.red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()));
COMMENT ON VIEW tripoint.incident_text IS 'Viewers of the incident.';
GRANT SELECT ON tripoint.incident_text TO tripoint_service;
