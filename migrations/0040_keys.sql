-- unlogged: a restart of the server may forget the counts of a minute
CREATE UNLOGGED TABLE base.rate_lease (
  minute timestamptz NOT NULL,
  share  bytea NOT NULL,
  used   int NOT NULL,
  PRIMARY KEY (minute, share)
);
COMMENT ON TABLE base.rate_lease IS 'Requests of a minute that processes have leased to count by themselves.';
COMMENT ON COLUMN base.rate_lease.share IS 'SHA-256 of the limit, the minute, and the key, subject or address.';
COMMENT ON COLUMN base.rate_lease.used IS 'Requests leased so far, by all processes together.';
