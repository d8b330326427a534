CREATE VIEW tripoint.border_edge AS
  SELECT border, seq, line, geog, from_m, length_m FROM base.border_edge
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.border_edge IS 'Everybody.';
GRANT SELECT ON tripoint.border_edge TO tripoint_service;
