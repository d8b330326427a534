CREATE VIEW tripoint.incident_response AS
  SELECT r.id, r.incident, r.agency, r.country, r.kind, r.state, r.text, r.created_at, r.updated_at,
         r.planned_at, r.in_progress_at, r.done_at,
         tripoint.country_bits(ARRAY[r.country, r.owner]) AS concern
  FROM base.incident_response AS r
  WHERE (SELECT tripoint.viewer()) > 1 AND (r.own_audience IS NULL OR r.own_audience & (SELECT tripoint.viewer()) & 14 <> 0)
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = r.incident)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.incident_response IS 'Agencies that see the incident, and that saw it when another country responded.';
GRANT SELECT, INSERT, UPDATE (state, updated_at) ON tripoint.incident_response TO tripoint_service;
