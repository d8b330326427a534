CREATE VIEW tripoint.audit_entry AS
  SELECT s.id, e.at, e.agency, e.country, e.action, e.operation, e.method, e.collection, e.outcome,
         e.purpose, e.detail,
         CASE WHEN v.is_own OR (e.target_readers & v.bits) <> 0 THEN e.target END AS target,
         CASE WHEN v.is_own OR e.action = 'attempts' THEN e.key_id END AS key_id,
         CASE WHEN v.is_own THEN e.subject END AS subject,
         CASE WHEN v.is_own THEN e.roles END AS roles,
         CASE WHEN v.is_own THEN e.request_id END AS request_id,
         CASE WHEN v.is_own THEN e.filter_hash END AS filter_hash,
         CASE WHEN v.is_own THEN e.row_count
           ELSE e.shares[CASE WHEN v.bits & 2 <> 0 THEN 1 WHEN v.bits & 4 <> 0 THEN 2 ELSE 3 END] END AS row_count,
         ARRAY(
           SELECT c.code FROM unnest(ARRAY['DZA', 'LBY', 'TUN'], ARRAY[2, 4, 8], e.shares) AS c (code, bit, share)
           WHERE c.share > 0 AND (v.is_own OR (c.bit & v.bits) <> 0)) AS countries
  FROM base.audit_seal AS s
  JOIN base.audit_entry AS e ON e.txid = s.txid AND e.id = s.entry
  CROSS JOIN LATERAL (
    SELECT c.bits, (tripoint.country_bits(ARRAY[e.country]) & c.bits) <> 0 AS is_own
    FROM (SELECT (SELECT tripoint.viewer()) AS bits) AS c
  ) AS v
  WHERE (s.readers & (SELECT tripoint.viewer())) <> 0;
COMMENT ON VIEW tripoint.audit_entry IS 'Auditors see all entries of their country''s agencies, and of foreign agencies those about their country''s rows. Refused attempts name the key to the owners of the rows, and to nobody else.';
GRANT SELECT ON tripoint.audit_entry TO tripoint_service;
