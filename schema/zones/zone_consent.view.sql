CREATE VIEW tripoint.zone_consent AS
  SELECT c.id, c.zone, c.revision, c.country, c.agency, c.decision, c.reason, c.at, c.n
  FROM base.zone_consent AS c
  WHERE EXISTS (
    SELECT 1 FROM tripoint.zone_revision AS r
    WHERE r.id = c.zone AND r.revision = c.revision AND (tripoint.country_bits(r.participants) & (SELECT tripoint.viewer())) <> 0)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.zone_consent IS 'The participants of the revision.';
GRANT SELECT, INSERT ON tripoint.zone_consent TO tripoint_service;
