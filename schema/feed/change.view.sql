CREATE VIEW tripoint.change AS
  SELECT c.xid, c.collection, c.id, c.nonce, c.at,
    CASE WHEN tripoint.sees(c.audience_after, c.red_after, (SELECT tripoint.viewer()), (SELECT tripoint.caller_agency()))
        OR (SELECT tripoint.caller_agency()) = ANY (c.agencies_after) THEN 'upsert' ELSE 'remove' END AS op,
    c.concern,
    coalesce(tripoint.sees(c.audience_before, c.red_before, (SELECT tripoint.viewer()),
      (SELECT tripoint.caller_agency())) OR (SELECT tripoint.caller_agency()) = ANY (c.agencies_before), false) AS was_seen
  FROM base.change AS c
  WHERE c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
    AND (tripoint.sees(c.audience_before | c.audience_after, c.red_before, (SELECT tripoint.viewer()),
        (SELECT tripoint.caller_agency()))
      OR c.red_after = (SELECT tripoint.caller_agency())
      OR (SELECT tripoint.caller_agency()) = ANY (c.agencies_before)
      OR (SELECT tripoint.caller_agency()) = ANY (c.agencies_after));
COMMENT ON VIEW tripoint.change IS 'Viewers who see or saw the feature, once all older transactions have ended: no later commit belongs before these rows.';
GRANT SELECT ON tripoint.change TO tripoint_service;
