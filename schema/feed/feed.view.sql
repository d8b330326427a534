CREATE VIEW tripoint.feed AS
  SELECT f.secret, tripoint.feed_epoch() AS epoch, pg_snapshot_xmin(pg_current_snapshot()) AS xmin,
    CASE WHEN f.epoch = tripoint.feed_epoch() THEN f.purged_xid ELSE '0'::xid8 END AS purged_xid,
    (SELECT c.xid FROM base.change AS c
     WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
     ORDER BY c.xid DESC LIMIT 1) AS newest_xid,
    (SELECT min(c.at) FROM base.change AS c
     WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid >= (SELECT pg_snapshot_xmin(pg_current_snapshot()))
    ) AS held_since
  FROM base.feed AS f WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.feed IS 'The service alone: its values reach callers only in sealed cursors.';
GRANT SELECT ON tripoint.feed TO tripoint_service;
