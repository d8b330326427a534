CREATE OR REPLACE FUNCTION base.installation_here(folder uuid) RETURNS base.installation
LANGUAGE sql STABLE AS $$
  SELECT ROW(true, s.system_identifier::text, (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()),
    'base.installation'::regclass::oid, folder, clock_timestamp())::base.installation
  FROM pg_control_system() AS s
$$;
COMMENT ON FUNCTION base.installation_here IS 'The identifiers of the place where this database is now.';
REVOKE EXECUTE ON FUNCTION base.installation_here FROM PUBLIC;

-- A standby compares no witness and gives no head for one: it may be behind its primary.
-- Test: test/restores/detection.test.ts
CREATE OR REPLACE FUNCTION tripoint.look_at_installation(folder uuid, witness_seal uuid, witness_seq bigint, witness_hash bytea)
RETURNS TABLE (fault text, seal uuid, seq bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  here base.installation := base.installation_here(folder);
  stored base.installation;
  is_standby boolean := pg_is_in_recovery();
  may_write boolean := NOT is_standby AND current_setting('transaction_read_only') = 'off';
  is_lost boolean := NOT is_standby AND witness_seal IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.id = witness_seal AND s.hash = witness_hash)
    AND NOT EXISTS (SELECT 1 FROM base.lost_head AS l WHERE l.seal = witness_seal AND l.accepted_at IS NOT NULL);
BEGIN
  SELECT i.* INTO stored FROM base.installation AS i;
  IF stored.is_only IS NULL AND may_write THEN
    INSERT INTO base.installation SELECT here.* ON CONFLICT DO NOTHING;
    stored := here;
  END IF;
  IF is_lost AND may_write THEN
    INSERT INTO base.lost_head (seal, seq, hash) VALUES (witness_seal, witness_seq, witness_hash) ON CONFLICT DO NOTHING;
  END IF;
  RETURN QUERY
    SELECT CASE
        WHEN (stored.system_identifier, stored.database, stored.object) <> (here.system_identifier, here.database, here.object)
          OR stored.folder IS DISTINCT FROM here.folder AND stored.is_only THEN 'moved'
        WHEN is_lost OR EXISTS (SELECT 1 FROM base.lost_head AS l WHERE l.accepted_at IS NULL) THEN 'rewound' END,
      h.id, h.seq, h.hash
    FROM (SELECT 1) AS one LEFT JOIN (SELECT s.id, s.seq, s.hash FROM base.audit_seal AS s ORDER BY s.id DESC LIMIT 1) AS h
      ON NOT is_standby;
END $$;
COMMENT ON FUNCTION tripoint.look_at_installation IS 'Whether this database is the one that was started before (fault: moved to another place, or rewound to before the witness), and the newest seal for the witness. The first start stores the identifiers.';
REVOKE EXECUTE ON FUNCTION tripoint.look_at_installation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.look_at_installation TO tripoint_service;
