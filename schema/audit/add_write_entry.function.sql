CREATE OR REPLACE FUNCTION base.add_write_entry(
  action text, collection text, target text, row_count bigint, shares bigint[], target_readers int, detail text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  trace jsonb := nullif(current_setting('tripoint.trace', true), '')::jsonb;
BEGIN
  INSERT INTO base.audit_entry (agency, country, key_id, subject, roles, action, operation, method, collection,
    target, target_readers, filter_hash, row_count, shares, request_id, purpose, detail)
  VALUES (nullif(current_setting('tripoint.agency', true), ''), trace ->> 'country', (trace ->> 'key')::uuid,
    trace ->> 'subject', string_to_array(trace ->> 'roles', ','), action, trace ->> 'operation', trace ->> 'method', collection, target,
    target_readers, decode(trace ->> 'filterHash', 'hex'), row_count, shares, trace ->> 'requestId',
    trace ->> 'purpose', detail);
END $$;
