CREATE VIEW tripoint.schema_program AS
  SELECT program, oldest_program FROM base.schema_program
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.schema_program IS 'The service alone, which learns whether it may run.';
GRANT SELECT ON tripoint.schema_program TO tripoint_service;
