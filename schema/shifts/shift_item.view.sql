CREATE VIEW tripoint.shift_item AS
  SELECT i.shift, i.kind, i.id, (SELECT n.id FROM tripoint.incident AS n WHERE n.id = i.incident) AS incident, i.due_at,
         (SELECT tripoint.country_bits(ARRAY[s.country]) FROM base.shift AS s WHERE s.id = i.shift)
           | coalesce((SELECT tripoint.concern(n.tlp, n.owner) FROM base.incident AS n WHERE n.id = i.incident), 0) AS concern
  FROM base.shift_item AS i
  WHERE (SELECT tripoint.viewer()) > 1 AND EXISTS (SELECT 1 FROM tripoint.shift AS s WHERE s.id = i.shift)
    AND CASE i.kind
      WHEN 'distress' THEN EXISTS (SELECT 1 FROM tripoint.distress_notice AS n WHERE n.id = i.id)
      WHEN 'request' THEN EXISTS (SELECT 1 FROM tripoint.incident_request AS q WHERE q.id = i.id)
      WHEN 'reaction' THEN EXISTS (SELECT 1 FROM tripoint.reaction AS r WHERE r.id = i.id)
      ELSE EXISTS (SELECT 1 FROM tripoint.alert AS a WHERE a.id = i.id) END
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.shift_item IS 'Viewers of the shift, as far as they see the row that the item is about now: auditors of other agencies see no alerts.';
GRANT SELECT, INSERT (shift, kind, id, due_at), DELETE ON tripoint.shift_item TO tripoint_service;
