CREATE VIEW tripoint.incident_zone AS
  SELECT m.zone, m.revision, m.incident, m.occurred_at, m.relation FROM base.incident_zone AS m
  WHERE tripoint.sees(m.audience, m.red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
    AND EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = m.zone AND z.revision = m.revision);
COMMENT ON VIEW tripoint.incident_zone IS 'Viewers of both the incident and the zone revision.';
GRANT SELECT ON tripoint.incident_zone TO tripoint_service;
