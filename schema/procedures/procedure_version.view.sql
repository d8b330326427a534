CREATE VIEW tripoint.procedure_version AS
  SELECT v.procedure, v.version, v.zone, v.segment, v.crossing, v.country, v.agency, v.names, v.purpose, v.documents,
    v.participants, v.valid_from, v.valid_to, v.proposal, v.proposed_at, v.open_until, v.agreed_at, v.ended_at, v.effective,
    tripoint.procedure_state(v.agreed_at, v.ended_at, v.ended_as, v.open_until, v.effective, v.replaced_at,
      statement_timestamp()) AS state,
    v.name, v.audience AS concern
  FROM base.procedure_version AS v
  WHERE v.audience & (SELECT tripoint.viewer()) <> 0
    AND (v.zone IS NULL OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = v.zone))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.procedure_version IS 'The participants of the version, as long as they see the zone.';
GRANT SELECT, INSERT (procedure, version, zone, segment, crossing, country, agency, names, purpose, documents, participants,
  valid_from, valid_to, proposal, open_until) ON tripoint.procedure_version TO tripoint_service;
