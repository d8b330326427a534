CREATE VIEW tripoint.shift AS
  SELECT s.id, s.agency, s.country, s.kind, s.name, s.crossing, s.previous, s.opened_at, s.opened_by, s.offers, s.offered_at,
         s.offered_by, s.remark, s.is_complete, s.closed_at, s.closed_by, s.updated_at, s.state,
         tripoint.country_bits(ARRAY[s.country]) AS concern
  FROM base.shift AS s
  WHERE (s.agency = (SELECT tripoint.caller_agency()) AND (SELECT tripoint.viewer()) > 0)
    OR ((tripoint.country_bits(ARRAY[s.country]) & (SELECT tripoint.viewer())) <> 0 AND (SELECT tripoint.is_auditor()))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.shift IS 'Its own agency, and the auditors of its country.';
GRANT SELECT, INSERT (id, agency, kind, name, crossing, opened_by),
  UPDATE (offers, offered_at, offered_by, remark, is_complete, closed_at, closed_by, updated_at) ON tripoint.shift TO tripoint_service;
