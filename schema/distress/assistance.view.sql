CREATE VIEW tripoint.assistance AS
  SELECT s.id, s.notice, s.agency, s.country, s.state, s.outcome, s.counts, s.at, s.recorded_at
  FROM base.assistance AS s
  WHERE (SELECT tripoint.viewer()) > 0 AND EXISTS (SELECT 1 FROM tripoint.distress_notice AS n WHERE n.id = s.notice)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.assistance IS 'Viewers of the notice.';
GRANT SELECT, INSERT ON tripoint.assistance TO tripoint_service;
