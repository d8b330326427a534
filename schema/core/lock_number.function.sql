-- Every advisory lock of the service, so that no two have one number. The service takes `migration` itself, before this
-- function is there (src/db/schema.locks.ts).
CREATE OR REPLACE FUNCTION tripoint.lock_number(purpose text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE purpose
    WHEN 'migration' THEN 7462300 -- one process changes the structure
    WHEN 'membership' THEN 7462301 -- writers of incidents share it, a writer of a zone has it alone
    WHEN 'sealing' THEN 7462302 -- one process chains the audit log
    WHEN 'folding' THEN 7462303 -- one process folds the counts of cells
    WHEN 'alerting' THEN 7462304 -- one process raises alerts
    WHEN 'purging' THEN 7462306 -- one process deletes expired changes of the feed
    WHEN 'renewing' THEN 7462307 -- one process makes the texts of older incidents again
    WHEN 'correcting' THEN 7462308 -- one correction of the reference data at a time
    WHEN 'linking' THEN 7462309 -- one process links double reports
    WHEN 'subscribing' THEN 7462305 -- with the hash of an agency: counts its subscriptions
  END
$$;
COMMENT ON FUNCTION tripoint.lock_number IS 'Number of an advisory lock by its name.';
GRANT EXECUTE ON FUNCTION tripoint.lock_number TO tripoint_service;
