CREATE VIEW tripoint.correction AS
  SELECT id, agency, country, participants, touches, source, reason, valid_from, features, proposal, created_at, applied_at, concern
  FROM base.correction
  WHERE audience & (SELECT tripoint.viewer()) <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.correction IS 'The countries that must agree, and the one that proposes it; everybody once it is applied.';
GRANT SELECT ON tripoint.correction TO tripoint_service;
GRANT INSERT (id, agency, country, source, reason, valid_from, features) ON tripoint.correction TO tripoint_service;
