CREATE VIEW tripoint.zone AS
  SELECT
    id, country, agency, author, kind, names, purpose, participants, area, derived_from, horizontal_accuracy_m, valid_from,
    valid_to, legal_act, notes,
    tripoint.zone_state(proposed_at, agreed_at, starts_at, valid_to, suspended_at, withdrawn_at, replaced_at,
      statement_timestamp()) AS state,
    tlp, releasable_to, source, revision, created_at, updated_at, area_km2, proposed_at, agreed_at, suspended_at,
    withdrawn_at, asked_after, effective, starts_at,
    agreed_at IS NOT NULL AS is_released,
    agreed_at IS NOT NULL AND suspended_at IS NULL AND withdrawn_at IS NULL AS agreed
  FROM base.zone
  WHERE shown_during @> statement_timestamp() AND tripoint.is_shown(audience, shown_to, red_agency, country,
    (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.zone IS 'One row a zone: the revision that the viewer is shown.';
GRANT SELECT, UPDATE (tlp, releasable_to) ON tripoint.zone TO tripoint_service;
