CREATE VIEW tripoint.own_red_incident AS
  SELECT id, point, tripoint.cell_of(point) AS cell, kind, severity, nature, occurred_at, period, owner, tlp
  FROM base.incident
  WHERE red_agency = (SELECT tripoint.caller_agency()) AND audience = 0 AND state <> 'cancelled'
    AND (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.own_red_incident IS 'The agency''s own RED incidents, which no sum contains: it counts them one by one.';
GRANT SELECT ON tripoint.own_red_incident TO tripoint_service;
