-- Without a join, so that the view can be written through. Scalar subqueries: for EXISTS the planner may read all incidents
-- into a hash table, for a page of a hundred alerts.
CREATE VIEW tripoint.alert AS
  SELECT a.id, a.agency, a.trigger, a.subscription,
    (SELECT i.id FROM tripoint.incident AS i WHERE i.id = a.incident) AS incident,
    CASE WHEN (SELECT i.id FROM tripoint.incident AS i WHERE i.id = a.incident) IS NULL THEN a.notice END AS notice,
    a.at, a.nature, a.kind, a.severity, a.certainty, a.occurred_at, a.point, a.horizontal_accuracy_m, a.border, a.border_km,
    a.incident_count, a.due_at, a.acknowledged_at, a.first_at, a.updated_at, a.revision, a.segment, a.assessment, a.reaction,
    -- what was raised while the agency saw the incident goes with it; distress stays with its notice
    CASE WHEN a.incident IS NOT NULL AND (SELECT i.id FROM tripoint.incident AS i WHERE i.id = a.incident) IS NULL THEN ARRAY[a.trigger] ELSE a.triggers END AS triggers,
    CASE WHEN a.incident IS NOT NULL AND (SELECT i.id FROM tripoint.incident AS i WHERE i.id = a.incident) IS NULL THEN ARRAY[a.subscription] ELSE a.subscriptions END AS subscriptions,
    tripoint.concern('RED', a.country)
      | coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = a.incident), 0) AS concern
  FROM base.alert AS a
  WHERE a.red_agency = (SELECT tripoint.caller_agency()) AND (SELECT tripoint.viewer()) > 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.alert IS 'Its own agency. The alert names its incident while the agency sees that.';
GRANT SELECT ON tripoint.alert TO tripoint_service;
GRANT UPDATE (acknowledged_at) ON tripoint.alert TO tripoint_service;
