CREATE VIEW tripoint.incident_cell AS
  SELECT c.level, c.cell, c.class, k.kind, k.severity, k.nature, k.concern, c.n
  FROM base.incident_cell AS c JOIN base.incident_class AS k ON k.id = c.class
  WHERE (k.audience & (SELECT tripoint.viewer())) <> 0;
COMMENT ON VIEW tripoint.incident_cell IS 'Viewers in the audience of the class.';
GRANT SELECT ON tripoint.incident_cell TO tripoint_service;
