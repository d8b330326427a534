CREATE VIEW tripoint.double_decision AS
  SELECT c.n, c.earlier, c.later, c.country, c.agency, c.decision, c.at, c.concern
  FROM base.double_decision AS c
  WHERE (SELECT tripoint.viewer()) > 1 AND (c.own_audience & (SELECT tripoint.viewer())) <> 0
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = c.earlier)
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = c.later)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.double_decision IS 'Agencies that see both incidents, and that saw them when it was decided.';
GRANT SELECT, INSERT (earlier, later, agency, decision) ON tripoint.double_decision TO tripoint_service;
