CREATE VIEW tripoint.report AS
  SELECT id, incident, agency, at, recorded_at, text, severity, certainty, state, counts, point,
         horizontal_accuracy_m, owner, tlp, releasable_to
  FROM base.report
  WHERE tripoint.sees(audience, red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
    AND (own_audience IS NULL
      OR tripoint.sees(own_audience, own_red_agency, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency())))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.report IS 'Viewers of the incident who are also in the audience of the report''s own label, if it has one.';
GRANT SELECT, INSERT ON tripoint.report TO tripoint_service;
GRANT UPDATE (tlp, releasable_to) ON tripoint.report TO tripoint_service;
