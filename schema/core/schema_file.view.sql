CREATE VIEW tripoint.schema_file AS
  SELECT path, checksum FROM base.schema_file
  WHERE (SELECT tripoint.viewer()) > 0;
COMMENT ON VIEW tripoint.schema_file IS 'The service alone, which compares the files with its own.';
GRANT SELECT ON tripoint.schema_file TO tripoint_service;
