CREATE VIEW tripoint.joint_proposal AS
  SELECT p.id, p.subject_type, p.subject, p.path, p.participants, p.country, p.agency, p.proposed_at, p.open_until, p.agreed_at,
    p.ended_at, p.ended_as, p.updated_at,
    tripoint.proposal_state(p.agreed_at, p.ended_at, p.ended_as, p.open_until, statement_timestamp()) AS state,
    p.audience AS concern
  FROM base.joint_proposal AS p
  WHERE p.audience & (SELECT tripoint.viewer()) <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.joint_proposal IS 'The participants.';
GRANT SELECT, INSERT (id, subject_type, subject, path, participants, country, agency, open_until) ON tripoint.joint_proposal
  TO tripoint_service;
