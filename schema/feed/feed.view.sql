CREATE VIEW tripoint.feed AS
  SELECT f.secret, f.birth, coalesce(e.xid, f.purged_xid, '0') AS xid,
    coalesce(e.collection, f.purged_collection, '') AS collection, coalesce(e.id, f.purged_id, '') AS id,
    coalesce(e.nonce, f.purged_nonce, f.birth) AS nonce, f.reset_mark,
    (SELECT min(c.at) FROM base.change AS c WHERE c.xid >= (SELECT pg_snapshot_xmin(pg_current_snapshot()))) AS held_since
  FROM base.feed AS f LEFT JOIN LATERAL (
    SELECT c.xid, c.collection, c.id, c.nonce FROM base.change AS c
    WHERE c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY c.xid DESC, c.collection DESC, c.id DESC LIMIT 1
  ) AS e ON true
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.feed IS 'The service alone: its values reach callers only in sealed cursors. The newest readable row; on an empty feed the last purged one, or the birth.';
GRANT SELECT ON tripoint.feed TO tripoint_service;
