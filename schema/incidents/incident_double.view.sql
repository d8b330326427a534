CREATE VIEW tripoint.incident_double AS
  SELECT d.earlier, d.later, d.made_at, d.concern,
    CASE WHEN 'refuse' = ANY (s.decisions) THEN 'refused' WHEN 'confirm' = ANY (s.decisions) THEN 'confirmed' ELSE 'possible' END AS state,
    greatest(d.made_at, s.at) AS updated_at
  FROM base.incident_double AS d
  CROSS JOIN LATERAL (
    SELECT array_agg(l.decision) AS decisions, max(l.at) AS at
    FROM (
      SELECT DISTINCT ON (c.country) c.decision, c.at FROM base.double_decision AS c
      WHERE c.earlier = d.earlier AND c.later = d.later AND (c.own_audience & (SELECT tripoint.viewer())) <> 0
      ORDER BY c.country, c.n DESC
    ) AS l
  ) AS s
  WHERE (SELECT tripoint.viewer()) > 1
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = d.earlier)
    AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = d.later);
COMMENT ON VIEW tripoint.incident_double IS 'Agencies that see both incidents. The state follows from the decisions that they see.';
GRANT SELECT ON tripoint.incident_double TO tripoint_service;
