-- From the audit log, so that no write pays for a second copy. Sealed entries, as auditors read them: within a second.
CREATE VIEW tripoint.shift_act AS
  SELECT a.id, s.id AS shift, e.at, coalesce(e.key_id::text, e.subject) AS signer, e.action, e.operation, e.collection, e.target,
         e.row_count, s.concern
  FROM tripoint.shift AS s
  JOIN base.audit_entry AS e ON e.agency = s.agency AND e.at >= s.opened_at AND e.at < coalesce(s.closed_at, 'infinity')
    AND e.action IN ('create', 'change', 'remove')
    AND e.collection NOT IN ('keys', 'sessions', 'webhooks', 'subscriptions', 'shifts', 'shift-notes', 'shift-items')
  JOIN base.audit_seal AS a ON a.txid = e.txid AND a.entry = e.id
  WHERE (SELECT tripoint.viewer()) > 1;
COMMENT ON VIEW tripoint.shift_act IS 'Viewers of the shift: what its agency wrote meanwhile, without keys, webhooks, subscriptions and the shifts themselves.';
GRANT SELECT ON tripoint.shift_act TO tripoint_service;
