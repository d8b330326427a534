CREATE VIEW tripoint.impact_assessment AS
  SELECT a.id, a.segment, a.country, a.agency, a.level, a.aspects, a.rationale, a.evidence, a.review_due_at, a.lasts_days, a.tlp,
    a.releasable_to, a.created_at, a.updated_at, a.assessed_at, a.assessed_by, a.declined_at, a.decline_reason, a.open_until,
    a.agreed_at, a.valid_to, a.ended_at,
    tripoint.impact_state(a.level, a.assessed_at, a.declined_at, a.agreed_at, a.valid_to, a.ended_at, a.open_until,
      statement_timestamp()) AS state,
    CASE WHEN a.tlp = 'CLEAR' AND a.assessed_at IS NOT NULL THEN 0 ELSE tripoint.country_bits(ARRAY[a.country]) END AS concern
  FROM base.impact_assessment AS a
  WHERE a.audience & (SELECT tripoint.viewer()) <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.impact_assessment IS 'Whoever the label names; before a coordinator has assessed it, its own country.';
GRANT SELECT, INSERT (id, segment, country, agency, level, aspects, rationale, evidence, review_due_at, lasts_days, tlp, releasable_to,
  assessed_at, assessed_by), UPDATE (assessed_at, assessed_by, declined_at, decline_reason, updated_at)
  ON tripoint.impact_assessment TO tripoint_service;
