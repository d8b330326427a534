CREATE OR REPLACE FUNCTION base.audit_text(e base.audit_entry) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT ROW(e.id, e.txid, extract(epoch FROM e.at), e.agency, e.country, e.key_id, e.subject, e.roles, e.action, e.operation,
    e.method, e.collection, e.target, e.target_readers, encode(e.filter_hash, 'hex'), e.row_count, e.shares,
    e.request_id, e.purpose, e.outcome, e.detail)::text
$$;
COMMENT ON FUNCTION base.audit_text IS 'The text of an entry that is hashed: quoted like a row, so that no two entries have the same text. A later column may join it only where it is not NULL.';
REVOKE EXECUTE ON FUNCTION base.audit_text FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.audit_text TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.audit_json(e base.audit_entry) RETURNS json
LANGUAGE sql STABLE AS $$
  SELECT json_build_object('at', tripoint.utc(e.at), 'agency', e.agency, 'country', e.country, 'key', e.key_id,
    'subject', e.subject, 'roles', e.roles, 'action', e.action, 'operation', e.operation, 'method', e.method,
    'collection', e.collection, 'target', e.target, 'rows', e.row_count,
    'shares', json_build_object('DZA', e.shares[1], 'LBY', e.shares[2], 'TUN', e.shares[3]),
    'filterHash', encode(e.filter_hash, 'hex'), 'requestId', e.request_id, 'purpose', e.purpose,
    'outcome', e.outcome, 'detail', e.detail)
$$;
COMMENT ON FUNCTION base.audit_json IS 'An entry as JSON, for exports that prove the chain.';
REVOKE EXECUTE ON FUNCTION base.audit_json FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.audit_json TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.audit_readers(e base.audit_entry) RETURNS int
LANGUAGE sql STABLE AS $$
  -- whether what a key asked for exists is no business of its own country
  SELECT CASE e.action WHEN 'attempts' THEN 0 ELSE tripoint.country_bits(ARRAY[e.country]) END
    | CASE WHEN e.shares[1] > 0 THEN 2 ELSE 0 END
    | CASE WHEN e.shares[2] > 0 THEN 4 ELSE 0 END | CASE WHEN e.shares[3] > 0 THEN 8 ELSE 0 END
$$;
COMMENT ON FUNCTION base.audit_readers IS 'Bitmask of the countries whose auditors see an entry: the country of its agency and the owners of the rows; of refused attempts the owners alone.';
REVOKE EXECUTE ON FUNCTION base.audit_readers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.audit_readers TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.entries_since(done pg_snapshot, last_txid xid8, last_entry bigint, most int)
RETURNS SETOF base.audit_entry LANGUAGE sql STABLE AS $$
  SELECT e.* FROM (
    SELECT e.* FROM base.audit_entry AS e
    WHERE e.txid = ANY (ARRAY(SELECT pg_snapshot_xip(done)))
      AND NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.txid = e.txid AND s.entry = e.id)
    UNION ALL (
      SELECT e.* FROM base.audit_entry AS e
      WHERE (e.txid, e.id) > (coalesce(last_txid, pg_snapshot_xmax(done)), coalesce(last_entry, 0))
        AND e.txid < pg_snapshot_xmax(pg_current_snapshot())
        AND NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.txid = e.txid AND s.entry = e.id)
      ORDER BY e.txid, e.id LIMIT most)
  ) AS e ORDER BY e.txid, e.id LIMIT most
$$;
COMMENT ON FUNCTION base.entries_since IS 'Entries that became visible after a snapshot: of transactions that ran at that time or began later.';
REVOKE EXECUTE ON FUNCTION base.entries_since FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.entries_since TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.entries_without_seal(most int)
RETURNS SETOF base.audit_entry LANGUAGE sql STABLE AS $$
  SELECT e.* FROM base.audit_entry AS e
  WHERE NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.txid = e.txid AND s.entry = e.id)
  ORDER BY e.id LIMIT most
$$;
COMMENT ON FUNCTION base.entries_without_seal IS 'Entries without a seal, oldest first; reads the whole log.';
REVOKE EXECUTE ON FUNCTION base.entries_without_seal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.entries_without_seal TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.ids_after(last_id uuid, count bigint) RETURNS TABLE (n bigint, id uuid)
LANGUAGE sql VOLATILE AS $$
  SELECT row_number() OVER (ORDER BY r.tail), encode(substring(int8send(greatest(
      (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
      1 + ('x' || lpad(substr(replace(last_id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint)) FROM 3) || r.tail, 'hex')::uuid
  FROM (SELECT substring(uuid_send(gen_random_uuid()) FROM 7) AS tail FROM generate_series(1, count)) AS r
$$;
COMMENT ON FUNCTION base.ids_after IS 'Ids in ascending order, all greater than the last one: 48 bits of time, then random bits.';
REVOKE EXECUTE ON FUNCTION base.ids_after FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.ids_after TO tripoint_sealer;

CREATE OR REPLACE FUNCTION base.seal_entries(entries base.audit_entry[]) RETURNS void
LANGUAGE sql AS $$
  WITH head AS (
    SELECT s.id, s.seq, s.hash FROM base.audit_seal AS s
    UNION ALL SELECT '00000000-0000-0000-0000-000000000000', 0, decode(repeat('00', 32), 'hex')
    ORDER BY id DESC LIMIT 1
  ), chained AS (
    SELECT h.id AS head_id, h.hash AS head_hash, h.seq, row_number() OVER in_order AS n, (c.e).txid, (c.e).id AS entry,
           base.audit_readers(c.e) AS readers, base.chain(h.hash, base.audit_text(c.e)) OVER in_order AS hash
    FROM head AS h CROSS JOIN (SELECT e FROM unnest(entries) AS e) AS c
    WINDOW in_order AS (ORDER BY (c.e).txid, (c.e).id ROWS UNBOUNDED PRECEDING)
  )
  INSERT INTO base.audit_seal (id, seq, txid, entry, readers, prev_hash, hash)
  SELECT i.id, c.seq + c.n, c.txid, c.entry, c.readers, coalesce(lag(c.hash) OVER (ORDER BY c.n), c.head_hash), c.hash
  FROM chained AS c
  JOIN base.ids_after((SELECT h.id FROM head AS h), cardinality(entries)) AS i ON i.n = c.n
$$;
COMMENT ON FUNCTION base.seal_entries IS 'Appends seals to the chain: each holds the hash of its entry and of the seal before it.';
REVOKE EXECUTE ON FUNCTION base.seal_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.seal_entries TO tripoint_sealer;

-- Test: test/audit/chain.test.ts
CREATE OR REPLACE FUNCTION base.seal_audit(most int, is_thorough boolean DEFAULT false) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  state base.audit_sealing;
  before pg_snapshot;
  entries base.audit_entry[];
  last base.audit_entry;
BEGIN
  IF NOT pg_try_advisory_xact_lock(tripoint.lock_number('sealing')) THEN RETURN 0; END IF;
  PERFORM base.log_attempts();
  before := pg_current_snapshot();
  SELECT s.* INTO state FROM base.audit_sealing AS s;
  -- a restored copy counts its transactions from the start: the snapshot does not show which entries are new
  is_thorough := is_thorough OR pg_snapshot_xmax(before) < pg_snapshot_xmax(coalesce(state.target, state.done));
  IF is_thorough THEN
    entries := ARRAY(SELECT e FROM base.entries_without_seal(most) AS e);
  ELSE
    entries := ARRAY(SELECT e FROM base.entries_since(state.done, state.last_txid, state.last_entry, most) AS e);
    IF cardinality(entries) = 0 AND state.target IS NULL THEN RETURN 0; END IF;
    before := coalesce(state.target, before);
  END IF;
  PERFORM base.seal_entries(entries);
  IF cardinality(entries) < most THEN
    UPDATE base.audit_sealing SET done = before, target = NULL, last_txid = NULL, last_entry = NULL;
  ELSIF NOT is_thorough THEN
    last := entries[most];
    UPDATE base.audit_sealing SET target = before, last_txid = last.txid, last_entry = last.id;
  END IF;
  RETURN cardinality(entries);
END $$;
COMMENT ON FUNCTION base.seal_audit IS 'Seals at most so many entries and returns their number; 0 while another process seals. Thorough: searches the whole log for entries without a seal.';
REVOKE EXECUTE ON FUNCTION base.seal_audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.seal_audit TO tripoint_sealer;
