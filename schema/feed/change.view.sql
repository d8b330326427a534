CREATE VIEW tripoint.change AS
  SELECT c.xid, c.collection, c.id, c.at,
    CASE WHEN (c.audience_after & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 OR c.red_after = (SELECT nullif(current_setting('tripoint.agency', true), '')) THEN 'upsert' ELSE 'remove' END AS op,
    c.concern,
    coalesce((c.audience_before & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0 OR c.red_before = (SELECT nullif(current_setting('tripoint.agency', true), '')), false) AS was_seen
  FROM base.change AS c
  WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
    AND (((c.audience_before | c.audience_after) & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
      OR c.red_before = (SELECT nullif(current_setting('tripoint.agency', true), '')) OR c.red_after = (SELECT nullif(current_setting('tripoint.agency', true), '')));
COMMENT ON VIEW tripoint.change IS 'What the caller sees or saw. Of transactions older than all that still run: none that comes later belongs before them.';
GRANT SELECT ON tripoint.change TO tripoint_service;
