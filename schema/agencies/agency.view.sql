CREATE VIEW tripoint.agency AS
  SELECT id, country, names, acronym, ministry, type, contact, verified, unverified_items, source, note,
         revision, updated_at
  FROM base.agency
  WHERE (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.agency IS 'Everybody sees all agencies.';
GRANT SELECT, INSERT, UPDATE (names, acronym, ministry, type, contact, verified, unverified_items, source, note, revision,
  updated_at) ON tripoint.agency TO tripoint_service;
