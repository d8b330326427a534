CREATE TABLE base.installation (
  is_only           boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  system_identifier text NOT NULL,
  database          oid NOT NULL,
  object            oid NOT NULL,
  folder            uuid,
  settled_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE base.installation IS 'Where this database was first started, or opened after a restore. A copy elsewhere finds other values. No row: never started.';
COMMENT ON CONSTRAINT installation_is_only_check ON base.installation IS 'One row: a database is in one place.';
COMMENT ON COLUMN base.installation.system_identifier IS 'Of the cluster: a standby that is promoted keeps it.';
COMMENT ON COLUMN base.installation.database IS 'Oid of the database: another one in a copy within the cluster.';
COMMENT ON COLUMN base.installation.object IS 'Oid of this table: another one after a dump was restored into the same database.';
COMMENT ON COLUMN base.installation.folder IS 'Random number in the data folder of the embedded database; NULL: on a server.';

CREATE TABLE base.lost_head (
  seal        uuid PRIMARY KEY,
  seq         bigint NOT NULL,
  hash        bytea NOT NULL,
  noticed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  accepted_at timestamptz
);
COMMENT ON TABLE base.lost_head IS 'Heads of the audit log that a witness keeps and this database lacks: it is older than the witness.';
COMMENT ON COLUMN base.lost_head.seal IS 'Id of the seal.';
COMMENT ON COLUMN base.lost_head.seq IS 'Place in the chain.';
COMMENT ON COLUMN base.lost_head.accepted_at IS 'When the operator opened the database without it. NULL: the service is closed.';
