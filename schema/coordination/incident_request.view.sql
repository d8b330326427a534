CREATE VIEW tripoint.incident_request AS
  SELECT q.id, q.incident, q.agency, q.country, q.kind, q.needs, q.recipients, q.due_at, q.text, q.state, q.answer,
         q.answered_by, q.created_at, q.updated_at, q.readers AS concern, q.zone, q.segment, q.crossing, q.place
  FROM base.incident_request AS q
  WHERE q.readers & (SELECT tripoint.viewer()) <> 0
    AND (q.incident IS NULL OR EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = q.incident))
    AND (q.zone IS NULL OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = q.zone))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.incident_request IS 'The countries at both ends, as long as they see the incident or zone.';
GRANT SELECT, INSERT, UPDATE (state, answer, answered_by, updated_at) ON tripoint.incident_request TO tripoint_service;
