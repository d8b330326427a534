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
COMMENT ON TABLE base.audit_entry IS 'The audit log: append-only. No entry holds content or identifies a person.';
COMMENT ON COLUMN base.audit_entry.txid IS 'Transaction that added it: seals follow the order of commits.';
COMMENT ON COLUMN base.audit_entry.agency IS 'NULL: the owner of the tables, not a caller of the service.';
COMMENT ON COLUMN base.audit_entry.subject IS 'Of a token, in place of a key: a hash that tells its subject from others.';
COMMENT ON COLUMN base.audit_entry.operation IS 'Id of the operation in the OpenAPI document.';
COMMENT ON COLUMN base.audit_entry.target IS 'The row, if it is a single one.';
COMMENT ON COLUMN base.audit_entry.target_readers IS 'Bitmask of the countries whose auditors may know the target of a foreign agency.';
COMMENT ON COLUMN base.audit_entry.filter_hash IS 'SHA-256 of path and query parameters, ordered by name.';
COMMENT ON COLUMN base.audit_entry.shares IS 'How many of the rows belong to DZA, LBY and TUN. A row of a joint zone counts for each participant.';
COMMENT ON COLUMN base.audit_entry.purpose IS 'As the caller gave it.';
COMMENT ON COLUMN base.audit_entry.detail IS 'For changes: old and new label or stage.';

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
COMMENT ON TABLE base.audit_seal IS 'The chain over the audit log: each seal holds the hash of its entry and of the seal before it, so that a removed or changed entry shows.';
COMMENT ON COLUMN base.audit_seal.id IS 'How auditors name the entry: in the order of the chain, with a random end, so that ids count nothing.';
COMMENT ON COLUMN base.audit_seal.seq IS 'Place in the chain, without gaps.';
COMMENT ON COLUMN base.audit_seal.readers IS 'Bitmask of the countries whose auditors see the entry.';

CREATE TABLE base.audit_sealing (
  is_only    boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  done       pg_snapshot NOT NULL,
  target     pg_snapshot,
  last_txid  xid8,
  last_entry bigint
);
COMMENT ON TABLE base.audit_sealing IS 'How far sealing has come. One row.';
COMMENT ON COLUMN base.audit_sealing.done IS 'Every entry that is visible in this snapshot has a seal.';
COMMENT ON COLUMN base.audit_sealing.target IS 'Value of done once a long pass has ended, whose last entry is last_entry.';

CREATE FUNCTION base.next_link(link bytea, first_link bytea, entry text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN sha256(coalesce(link, first_link) || convert_to(entry, 'UTF8'));
END $$;
REVOKE EXECUTE ON FUNCTION base.next_link FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.next_link TO tripoint_sealer;

CREATE AGGREGATE base.chain(first_link bytea, entry text) (SFUNC = base.next_link, STYPE = bytea);
COMMENT ON AGGREGATE base.chain(bytea, text) IS 'Over an ordered window: hash of each entry together with the hash before it.';
REVOKE EXECUTE ON FUNCTION base.chain(bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.chain(bytea, text) TO tripoint_sealer;

INSERT INTO base.audit_sealing (done) VALUES ('1:1:');

GRANT SELECT ON base.audit_entry TO tripoint_sealer;
GRANT SELECT, INSERT ON base.audit_seal TO tripoint_sealer;
GRANT SELECT, UPDATE ON base.audit_sealing TO tripoint_sealer;

CREATE TYPE base.audited AS (target text, bits int, detail text);
COMMENT ON TYPE base.audited IS 'A written row for the audit log: how auditors name it, the countries that own it (bitmask), what changed.';
