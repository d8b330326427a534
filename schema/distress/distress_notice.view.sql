CREATE VIEW tripoint.distress_notice AS
  SELECT n.id, n.nature, n.occurred_at, n.point, n.horizontal_accuracy_m, n.in_need_best, n.in_need_low, n.in_need_high,
    n.borders, n.audience AS concern,
    CASE WHEN tripoint.sees(n.incident_audience, n.incident_red_agency, (SELECT tripoint.viewer()),
      (SELECT tripoint.caller_agency())) THEN n.incident END AS incident,
    n.assistance_due_at, n.assisted_at,
    coalesce((n.audience & (SELECT tripoint.viewer())) <> 0 AND n.borders && (SELECT tripoint.rescue_borders()), false)
      OR coalesce(n.incident_agency = (SELECT tripoint.caller_agency()), false) AS may_assist
  FROM base.distress_notice AS n
  WHERE ((n.audience & (SELECT tripoint.viewer())) <> 0 AND n.borders && (SELECT tripoint.rescue_borders()))
    OR tripoint.sees(n.incident_audience, n.incident_red_agency, (SELECT tripoint.viewer()),
      (SELECT tripoint.caller_agency()));
COMMENT ON VIEW tripoint.distress_notice IS 'Rescue bodies of the countries at the border, and viewers of the incident.';
GRANT SELECT ON tripoint.distress_notice TO tripoint_service;
