CREATE VIEW tripoint.reaction_rule AS
  SELECT r.kind, r.level, r.due_within, r.task, r.source FROM base.reaction_rule AS r WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.reaction_rule IS 'Everybody.';
GRANT SELECT ON tripoint.reaction_rule TO tripoint_service;
