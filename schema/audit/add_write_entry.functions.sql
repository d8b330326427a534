-- Test: test/audit/writes.test.ts
CREATE OR REPLACE FUNCTION base.add_write_entry(
  action text, collection text, target text, row_count bigint, shares bigint[], target_readers int, detail text
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  trace jsonb := nullif(current_setting('tripoint.trace', true), '')::jsonb;
BEGIN
  INSERT INTO base.audit_entry (agency, country, key_id, subject, roles, action, operation, method, collection,
    target, target_readers, filter_hash, row_count, shares, request_id, purpose, detail)
  VALUES (tripoint.caller_agency(), trace ->> 'country', (trace ->> 'key')::uuid,
    trace ->> 'subject', string_to_array(trace ->> 'roles', ','), action, trace ->> 'operation', trace ->> 'method', collection, target,
    target_readers, decode(trace ->> 'filterHash', 'hex'), row_count, shares, trace ->> 'requestId',
    trace ->> 'purpose', detail);
END $$;
COMMENT ON FUNCTION base.add_write_entry IS 'Adds an entry to the audit log, with the caller and the request that the transaction carries.';

-- Test: test/audit/writes.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.add_write_entries(action text, collection text, written base.audited[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM base.add_write_entry(action, collection, CASE count(*) WHEN 1 THEN min(w.target) END, count(*), ARRAY[
      count(*) FILTER (WHERE w.bits & 2 <> 0), count(*) FILTER (WHERE w.bits & 4 <> 0),
      count(*) FILTER (WHERE w.bits & 8 <> 0)],
    coalesce(bit_or(w.bits), 0), w.detail)
  FROM unnest(written) WITH ORDINALITY AS w (target, bits, detail, n)
  GROUP BY w.detail, CASE WHEN w.detail IS NOT NULL THEN w.n END;
END $$;
COMMENT ON FUNCTION base.add_write_entries IS 'Adds an entry for each row with a detail, so that it can be replayed after a restore, and one entry for all other rows of the statement. A single row is named.';

CREATE OR REPLACE FUNCTION base.changed_text(was text, becomes text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN was IS DISTINCT FROM becomes THEN was || ' → ' || becomes END
$$;
COMMENT ON FUNCTION base.changed_text IS 'Detail of an audit entry: old and new value, NULL if they are equal.';

CREATE OR REPLACE FUNCTION base.label_text(tlp text, releasable_to text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT tlp || coalesce(' ' || nullif(array_to_string(releasable_to, ' '), ''), '')
$$;
COMMENT ON FUNCTION base.label_text IS 'A label in words, for the detail of an audit entry.';

CREATE OR REPLACE FUNCTION base.stage_text(r base.zone_revision) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN r.suspended_at IS NOT NULL THEN 'suspended'
    WHEN r.agreed_at IS NOT NULL THEN 'agreed'
    WHEN r.proposed_at IS NOT NULL THEN 'proposed'
    ELSE 'draft' END
$$;
COMMENT ON FUNCTION base.stage_text IS 'The stage of a zone revision in words, for the detail of an audit entry.';

CREATE OR REPLACE FUNCTION base.key_text(roles text[], expires_at timestamptz, revoked_at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', array_to_string(roles, ' '), 'until ' || tripoint.utc(expires_at), 'revoked ' || tripoint.utc(revoked_at))
$$;
COMMENT ON FUNCTION base.key_text IS 'What a key allows, in words, for the detail of an audit entry.';
