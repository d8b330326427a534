CREATE VIEW tripoint.incident AS
  SELECT id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, updated_at,
         point, geog, horizontal_accuracy_m, place_text, description, counts_best, counts_low, counts_high,
         source, external_id, owner, agency, tlp, releasable_to, content_hash, revision, country, candidates,
         border, segment, border_km, distance_to_border_m, period, access_note
  FROM base.incident
  WHERE tripoint.sees(audience, red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.incident IS 'Viewers in the audience of its label; RED: its own agency.';
GRANT SELECT, INSERT, UPDATE ON tripoint.incident TO tripoint_service;
