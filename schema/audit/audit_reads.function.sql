-- In plpgsql: a function in SQL is planned again by each statement that calls it.
-- Test: test/audit/log.test.ts
CREATE OR REPLACE FUNCTION tripoint.audit_reads(entries json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  INSERT INTO base.audit_entry (agency, country, key_id, subject, roles, action, operation, method, collection, target,
    target_readers, filter_hash, row_count, shares, request_id, purpose, outcome)
  SELECT e.agency, e.country, e.key, e.subject, e.roles,
    CASE WHEN e.action IN ('read', 'read-end', 'refused') THEN e.action END, e.operation, e.method, e.collection,
    e.target, coalesce(e."targetReaders", 0), decode(e."filterHash", 'hex'), e.rows, e.shares, e."requestId", e.purpose, e.outcome
  FROM json_to_recordset(entries) AS e (agency text, country text, key uuid, subject text, roles text[], action text,
    operation text, method text, collection text, target text, "targetReaders" int, "filterHash" text, rows int,
    shares int[], "requestId" text, purpose text, outcome text);
END $$;
COMMENT ON FUNCTION tripoint.audit_reads IS 'Adds entries of reads, for many callers at once. It cannot add any other entry.';
REVOKE EXECUTE ON FUNCTION tripoint.audit_reads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.audit_reads TO tripoint_service;
