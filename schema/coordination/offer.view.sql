CREATE VIEW tripoint.offer AS
  SELECT id, agency, owner, kind, quantity, text, point, place_text, available_from, available_until, tlp, releasable_to,
         revision, updated_at
  FROM base.offer
  WHERE tripoint.sees(audience, red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.offer IS 'Viewers in the audience of its label; RED: its own agency.';
GRANT SELECT, INSERT, UPDATE (kind, quantity, text, point, place_text, available_from, available_until, tlp, releasable_to,
  revision, updated_at) ON tripoint.offer TO tripoint_service;
