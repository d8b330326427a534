CREATE VIEW tripoint.report AS
  SELECT id, incident, agency, at, recorded_at, text, severity, certainty, state, counts, point,
         horizontal_accuracy_m, owner, tlp, releasable_to
  FROM base.report
  WHERE ((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
      OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
    AND (own_audience IS NULL
      OR (own_audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
      OR own_red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
  WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT ON tripoint.report TO tripoint_service;
GRANT UPDATE (tlp, releasable_to) ON tripoint.report TO tripoint_service;
