CREATE VIEW tripoint.joint_consent AS
  SELECT c.id, c.proposal, c.country, c.agency, c.decision, c.reason, c.at
  FROM base.joint_consent AS c
  WHERE (SELECT tripoint.viewer()) > 1 AND EXISTS (SELECT 1 FROM tripoint.joint_proposal AS p WHERE p.id = c.proposal)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.joint_consent IS 'The participants of the proposal.';
GRANT SELECT, INSERT (id, proposal, country, agency, decision, reason) ON tripoint.joint_consent TO tripoint_service;
