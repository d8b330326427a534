CREATE VIEW tripoint.zone_revision AS
  SELECT
    id, country, agency, author, kind, names, purpose, participants, area, derived_from, horizontal_accuracy_m, valid_from,
    valid_to, legal_act, notes,
    tripoint.zone_state(proposed_at, agreed_at, starts_at, valid_to, suspended_at, withdrawn_at, replaced_at,
      statement_timestamp()) AS state,
    tlp, releasable_to, source, revision, created_at, updated_at, area_km2, proposed_at, agreed_at, suspended_at,
    withdrawn_at, asked_after, effective, starts_at,
    agreed_at IS NOT NULL AS is_released,
    agreed_at IS NOT NULL AND suspended_at IS NULL AND withdrawn_at IS NULL AS agreed,
    tripoint.is_replaced(starts_at, replaced_at, statement_timestamp()) AS is_replaced
  FROM base.zone_revision AS r
  WHERE tripoint.sees(audience, red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
    AND (NOT tripoint.is_replaced(starts_at, replaced_at, statement_timestamp())
      OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = r.id))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.zone_revision IS 'Viewers in the audience of the revision, while they see the zone: whoever loses the zone loses its past too.';
GRANT SELECT, INSERT, DELETE, UPDATE (author, kind, names, purpose, participants, area, derived_from, valid_from, valid_to,
  legal_act, updated_at, proposed_at, agreed_at, suspended_at, withdrawn_at) ON tripoint.zone_revision TO tripoint_service;
