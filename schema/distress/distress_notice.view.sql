CREATE VIEW tripoint.distress_notice AS
  SELECT id, nature, occurred_at, point, horizontal_accuracy_m, in_need_best, in_need_low, in_need_high, borders,
         audience AS concern, CASE WHEN (incident_audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 OR incident_red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')) THEN incident END AS incident, assistance_due_at, assisted_at,
         coalesce((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 AND borders && (SELECT tripoint.rescue_borders()), false) OR coalesce(incident_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')), false) AS may_assist
  FROM base.distress_notice
  WHERE ((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 AND borders && (SELECT tripoint.rescue_borders())) OR (incident_audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 OR incident_red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''));
COMMENT ON VIEW tripoint.distress_notice IS 'For rescue bodies of the countries at the border, and for who sees the incident.';
GRANT SELECT ON tripoint.distress_notice TO tripoint_service;
