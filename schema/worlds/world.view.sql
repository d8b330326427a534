CREATE VIEW tripoint.world AS
  SELECT id, kind, names, purpose, participants, starts_at, ends_at, stamped_at, ended_at FROM base.world
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.world IS 'Everybody.';
GRANT SELECT ON tripoint.world TO tripoint_service;
