CREATE VIEW tripoint.incident_cell_delta AS
  SELECT id, cell, day, kind, severity, nature, concern, n
  FROM base.incident_cell_delta
  WHERE (audience & (SELECT tripoint.viewer())) <> 0;
COMMENT ON VIEW tripoint.incident_cell_delta IS 'Viewers in the audience of the incidents.';
GRANT SELECT ON tripoint.incident_cell_delta TO tripoint_service;
