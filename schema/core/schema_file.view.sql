CREATE VIEW tripoint.schema_file AS
  SELECT path, checksum FROM base.schema_file
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.schema_file IS 'What made this database, for the service alone: it compares it with its own files.';
GRANT SELECT ON tripoint.schema_file TO tripoint_service;
