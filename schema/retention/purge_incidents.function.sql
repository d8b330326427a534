-- Test: test/retention/purge.test.ts
CREATE OR REPLACE FUNCTION base.purge_incidents(rules json, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  purged int;
BEGIN
  WITH rule AS (
    SELECT r.nature, r.kind, now() - r.days * interval '1 day' AS before, r.days
    FROM json_to_recordset(rules) AS r (nature text, kind text, days int) WHERE r.days >= 1
  ), due AS (
    SELECT i.id, i.nature, i.kind, i.owner, r.days, r.before
    FROM base.incident AS i JOIN rule AS r ON r.nature = i.nature AND r.kind = i.kind
    WHERE i.updated_at < (SELECT max(before) FROM rule) AND i.updated_at < r.before
      AND NOT EXISTS (SELECT 1 FROM base.legal_hold AS h WHERE h.incident = i.id)
      AND NOT EXISTS (SELECT 1 FROM base.report AS p WHERE p.incident = i.id AND p.tlp IS NOT NULL AND p.recorded_at >= r.before)
    ORDER BY i.updated_at LIMIT most
    FOR UPDATE OF i SKIP LOCKED
  ), gone AS (
    DELETE FROM base.incident AS i USING due AS d WHERE i.id = d.id RETURNING d.*
  ), proof AS (
    INSERT INTO base.audit_entry (action, collection, target_readers, row_count, shares, detail)
    SELECT 'purge', 'incidents', bit_or(tripoint.country_bits(ARRAY[g.owner])), count(*),
      ARRAY[count(*) FILTER (WHERE g.owner = 'DZA'), count(*) FILTER (WHERE g.owner = 'LBY'),
        count(*) FILTER (WHERE g.owner = 'TUN')],
      format('%s %s, unchanged for %s days; SHA-256 of the ids in order: %s', g.nature, g.kind, g.days,
        encode(sha256(convert_to(string_agg(g.id::text, E'\n' ORDER BY g.id), 'UTF8')), 'hex'))
    FROM gone AS g GROUP BY g.nature, g.kind, g.days
  )
  SELECT count(*) INTO purged FROM gone;
  RETURN purged;
END $$;
COMMENT ON FUNCTION base.purge_incidents IS 'Deletes at most so many incidents that nobody has changed for the days of their rule, and leaves a proof in the audit log: rule, number, owners, and a hash of the ids.';
REVOKE EXECUTE ON FUNCTION base.purge_incidents FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.purge_incidents TO tripoint_purger;
