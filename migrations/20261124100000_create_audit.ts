import type { Knex } from 'knex';

/** The audit log: entries that are only added, and the chain that seals them (docs/decisions/0008-audit.md). */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_sealer NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_sealer TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE TABLE base.audit_entry (
      txid           xid8 NOT NULL DEFAULT pg_current_xact_id(),
      id             bigint GENERATED ALWAYS AS IDENTITY,
      at             timestamptz NOT NULL DEFAULT clock_timestamp(),
      agency         text,
      country        text,
      key_id         uuid,
      subject        text CHECK (length(subject) <= 64),
      roles          text[],
      action         text NOT NULL
        CHECK (action IN ('read', 'read-end', 'refused', 'create', 'change', 'remove', 'purge')),
      operation      text,
      method         text,
      collection     text NOT NULL,
      target         text,
      target_readers int NOT NULL DEFAULT 0,
      filter_hash    bytea,
      row_count      int NOT NULL,
      shares         int[] NOT NULL CHECK (cardinality(shares) = 3),
      request_id     text,
      purpose        text CHECK (length(purpose) <= 200),
      outcome        text NOT NULL DEFAULT 'done',
      detail         text,
      PRIMARY KEY (txid, id)
    );
    COMMENT ON TABLE base.audit_entry IS 'Only ever inserted into. Nothing in it is content or identifies a person.';
    COMMENT ON COLUMN base.audit_entry.agency IS 'NULL: the owner of the tables, not a caller of the service.';
    COMMENT ON COLUMN base.audit_entry.subject IS 'Of a token, in the place of a key: a hash that tells its subject from others.';
    COMMENT ON COLUMN base.audit_entry.target_readers IS 'Bits of the countries whose auditors may know the target of a foreign agency.';
    COMMENT ON COLUMN base.audit_entry.shares IS 'How many of the rows are data of DZA, LBY and TUN; a row of a joint zone counts for each.';
    COMMENT ON COLUMN base.audit_entry.filter_hash IS 'SHA-256 of path and query parameters, ordered by name.';

    CREATE TABLE base.audit_seal (
      id        uuid PRIMARY KEY,
      seq       bigint NOT NULL,
      txid      xid8 NOT NULL,
      entry     bigint NOT NULL,
      readers   int NOT NULL,
      prev_hash bytea NOT NULL,
      hash      bytea NOT NULL,
      sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      UNIQUE (txid, entry)
    );
    COMMENT ON COLUMN base.audit_seal.id IS 'How auditors name the entry: in the order of the chain, and random behind the time, so that it counts nothing.';
    COMMENT ON COLUMN base.audit_seal.readers IS 'Bits of the countries whose auditors see the entry.';

    CREATE FUNCTION base.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is only added to: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON base.audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION base.refuse_change();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON base.audit_seal
      FOR EACH STATEMENT EXECUTE FUNCTION base.refuse_change();
    ALTER TABLE base.audit_entry ENABLE ALWAYS TRIGGER append_only;
    ALTER TABLE base.audit_seal ENABLE ALWAYS TRIGGER append_only;

    -- in plpgsql: a function in SQL is planned anew by each statement that calls it
    CREATE FUNCTION tripoint.audit_reads(entries json) RETURNS void
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
    COMMENT ON FUNCTION tripoint.audit_reads IS 'Adds entries of reads, of many callers at once; of nothing else.';
    REVOKE EXECUTE ON FUNCTION tripoint.audit_reads FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.audit_reads TO tripoint_service;

    CREATE FUNCTION base.audit_text(e base.audit_entry) RETURNS text
    LANGUAGE sql STABLE AS $$
      SELECT ROW(e.id, e.txid, extract(epoch FROM e.at), e.agency, e.country, e.key_id, e.subject, e.roles, e.action, e.operation,
        e.method, e.collection, e.target, e.target_readers, encode(e.filter_hash, 'hex'), e.row_count, e.shares,
        e.request_id, e.purpose, e.outcome, e.detail)::text
    $$;
    COMMENT ON FUNCTION base.audit_text IS 'What is hashed: quoted as rows are, so that no two entries have the same. A later column may join it only where it is not NULL.';

    CREATE FUNCTION base.audit_json(e base.audit_entry) RETURNS json
    LANGUAGE sql STABLE AS $$
      SELECT json_build_object('at', tripoint.utc(e.at), 'agency', e.agency, 'country', e.country, 'key', e.key_id,
        'subject', e.subject, 'roles', e.roles, 'action', e.action, 'operation', e.operation, 'method', e.method,
        'collection', e.collection, 'target', e.target, 'rows', e.row_count,
        'shares', json_build_object('DZA', e.shares[1], 'LBY', e.shares[2], 'TUN', e.shares[3]),
        'filterHash', encode(e.filter_hash, 'hex'), 'requestId', e.request_id, 'purpose', e.purpose,
        'outcome', e.outcome, 'detail', e.detail)
    $$;

    CREATE FUNCTION base.audit_readers(e base.audit_entry) RETURNS int
    LANGUAGE sql STABLE AS $$
      SELECT tripoint.country_bits(ARRAY[e.country]) | CASE WHEN e.shares[1] > 0 THEN 2 ELSE 0 END
        | CASE WHEN e.shares[2] > 0 THEN 4 ELSE 0 END | CASE WHEN e.shares[3] > 0 THEN 8 ELSE 0 END
    $$;

    CREATE TABLE base.audit_sealing (
      is_only    boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      done       pg_snapshot NOT NULL,
      target     pg_snapshot,
      last_txid  xid8,
      last_entry bigint
    );
    COMMENT ON COLUMN base.audit_sealing.done IS 'All that was visible in it has a seal.';
    COMMENT ON COLUMN base.audit_sealing.target IS 'What will be done when a long pass, of which the last entry is named, has come to its end.';
    INSERT INTO base.audit_sealing (done) VALUES ('1:1:');

    CREATE FUNCTION base.entries_since(done pg_snapshot, last_txid xid8, last_entry bigint, most int)
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
    COMMENT ON FUNCTION base.entries_since IS 'What has become visible since a snapshot: of transactions that ran then or began later.';

    CREATE FUNCTION base.entries_without_seal(most int)
    RETURNS SETOF base.audit_entry LANGUAGE sql STABLE AS $$
      SELECT e.* FROM base.audit_entry AS e
      WHERE NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.txid = e.txid AND s.entry = e.id)
      ORDER BY e.id LIMIT most
    $$;

    CREATE FUNCTION base.ids_after(last_id uuid, count bigint) RETURNS TABLE (n bigint, id uuid)
    LANGUAGE sql VOLATILE AS $$
      SELECT row_number() OVER (ORDER BY r.tail), encode(substring(int8send(greatest(
          (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
          1 + ('x' || lpad(substr(replace(last_id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint)) FROM 3) || r.tail, 'hex')::uuid
      FROM (SELECT substring(uuid_send(gen_random_uuid()) FROM 7) AS tail FROM generate_series(1, count)) AS r
    $$;
    COMMENT ON FUNCTION base.ids_after IS 'Ids in ascending order: 48 bits of time, later than that of the last one, before what is random.';

    CREATE FUNCTION base.next_link(link bytea, first_link bytea, entry text) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN
      RETURN sha256(coalesce(link, first_link) || convert_to(entry, 'UTF8'));
    END $$;
    CREATE AGGREGATE base.chain(first_link bytea, entry text) (SFUNC = base.next_link, STYPE = bytea);
    COMMENT ON AGGREGATE base.chain(bytea, text) IS 'Over an ordered window: the hash of each entry behind that of the one before.';

    CREATE FUNCTION base.seal_entries(entries base.audit_entry[]) RETURNS void
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

    CREATE FUNCTION base.seal_audit(most int, is_thorough boolean DEFAULT false) RETURNS int
    LANGUAGE plpgsql AS $$
    DECLARE
      state base.audit_sealing;
      before pg_snapshot;
      entries base.audit_entry[];
      last base.audit_entry;
    BEGIN
      IF NOT pg_try_advisory_xact_lock(7462302) THEN RETURN 0; END IF;
      before := pg_current_snapshot();
      SELECT s.* INTO state FROM base.audit_sealing AS s;
      -- a restored copy counts its transactions from anew: what is new cannot be told from the snapshot
      is_thorough := is_thorough OR pg_snapshot_xmax(before) < pg_snapshot_xmax(state.done);
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
    COMMENT ON FUNCTION base.seal_audit IS 'Chains up to so many entries, and answers how many it were; 0 while another one is sealing. Thorough: looks for any without a seal.';

    REVOKE EXECUTE ON FUNCTION base.audit_text, base.audit_readers, base.entries_since, base.entries_without_seal,
      base.seal_entries, base.seal_audit, base.audit_json, base.ids_after, base.next_link, base.chain FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION base.audit_text, base.audit_readers, base.entries_since, base.entries_without_seal,
      base.seal_entries, base.seal_audit, base.audit_json, base.ids_after, base.next_link, base.chain TO tripoint_sealer;
    GRANT USAGE ON SCHEMA base, tripoint TO tripoint_sealer;
    GRANT SELECT ON base.audit_entry TO tripoint_sealer;
    GRANT SELECT, INSERT ON base.audit_seal TO tripoint_sealer;
    GRANT SELECT, UPDATE ON base.audit_sealing TO tripoint_sealer;

    CREATE VIEW tripoint.audit_entry AS
      SELECT s.id, e.at, e.agency, e.country, e.action, e.operation, e.method, e.collection, e.outcome,
             e.purpose, e.detail,
             CASE WHEN v.is_own OR (e.target_readers & v.bits) <> 0 THEN e.target END AS target,
             CASE WHEN v.is_own THEN e.key_id END AS key_id,
             CASE WHEN v.is_own THEN e.subject END AS subject,
             CASE WHEN v.is_own THEN e.roles END AS roles,
             CASE WHEN v.is_own THEN e.request_id END AS request_id,
             CASE WHEN v.is_own THEN e.filter_hash END AS filter_hash,
             CASE WHEN v.is_own THEN e.row_count
               ELSE e.shares[CASE WHEN v.bits & 2 <> 0 THEN 1 WHEN v.bits & 4 <> 0 THEN 2 ELSE 3 END] END AS row_count,
             ARRAY(
               SELECT c.code FROM unnest(ARRAY['DZA', 'LBY', 'TUN'], ARRAY[2, 4, 8], e.shares) AS c (code, bit, share)
               WHERE c.share > 0 AND (v.is_own OR (c.bit & v.bits) <> 0)) AS countries
      FROM base.audit_seal AS s
      JOIN base.audit_entry AS e ON e.txid = s.txid AND e.id = s.entry
      CROSS JOIN LATERAL (
        SELECT c.bits, (tripoint.country_bits(ARRAY[e.country]) & c.bits) <> 0 AS is_own
        FROM (SELECT (SELECT nullif(current_setting('tripoint.viewer', true), '')::int) AS bits) AS c
      ) AS v
      WHERE (s.readers & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0;
    COMMENT ON VIEW tripoint.audit_entry IS 'Own country''s agencies whole; of foreign ones what they did with own country''s data.';
    GRANT SELECT ON tripoint.audit_entry TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.audit_entry;
    DROP FUNCTION base.seal_audit(int, boolean), base.seal_entries(base.audit_entry[]), base.entries_without_seal(int),
      base.audit_json(base.audit_entry),
      base.entries_since(pg_snapshot, xid8, bigint, int), base.audit_readers(base.audit_entry), base.audit_text(base.audit_entry), tripoint.audit_reads(json);
    DROP AGGREGATE base.chain(bytea, text);
    DROP FUNCTION base.next_link(bytea, bytea, text), base.ids_after(uuid, bigint);
    DROP TABLE base.audit_sealing, base.audit_seal, base.audit_entry;
    DROP FUNCTION base.refuse_change();
    REVOKE USAGE ON SCHEMA base, tripoint FROM tripoint_sealer;
  `);
