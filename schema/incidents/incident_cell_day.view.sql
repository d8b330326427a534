CREATE VIEW tripoint.incident_cell_day AS
  SELECT c.level, c.cell, c.day, c.class, k.kind, k.severity, k.nature, k.concern, c.n
  FROM base.incident_cell_day AS c JOIN base.incident_class AS k ON k.id = c.class
  WHERE (k.audience & (SELECT tripoint.viewer())) <> 0;
COMMENT ON VIEW tripoint.incident_cell_day IS 'Viewers in the audience of the class.';
GRANT SELECT ON tripoint.incident_cell_day TO tripoint_service;
