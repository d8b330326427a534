CREATE OR REPLACE FUNCTION base.owner_of(collection text, id text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  uuid uuid;
BEGIN
  IF collection = 'zones' THEN RETURN (SELECT r.country FROM base.zone_revision AS r WHERE r.id = owner_of.id LIMIT 1); END IF;
  IF collection = 'mandates' THEN
    RETURN (SELECT a.country FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency WHERE m.id = owner_of.id);
  END IF;
  IF id !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN RETURN NULL; END IF;
  uuid := id;
  RETURN CASE collection
    WHEN 'incidents' THEN (SELECT i.owner FROM base.incident AS i WHERE i.id = uuid)
    WHEN 'reports' THEN (SELECT r.owner FROM base.report AS r WHERE r.id = uuid)
    WHEN 'distress' THEN (
      SELECT i.owner FROM base.distress_notice AS n JOIN base.incident AS i ON i.id = n.incident WHERE n.id = uuid)
    WHEN 'procedures' THEN (SELECT v.country FROM base.procedure_version AS v WHERE v.procedure = uuid AND v.version = 1)
    WHEN 'requests' THEN (SELECT r.country FROM base.incident_request AS r WHERE r.id = uuid)
    WHEN 'corrections' THEN (SELECT c.country FROM base.correction AS c WHERE c.id = uuid)
    WHEN 'alerts' THEN (SELECT a.country FROM base.alert AS a WHERE a.id = uuid)
    WHEN 'subscriptions' THEN (SELECT s.country FROM base.subscription AS s WHERE s.id = uuid)
    WHEN 'webhooks' THEN (SELECT w.country FROM base.webhook AS w WHERE w.id = uuid)
    WHEN 'keys' THEN (SELECT k.country FROM base.api_key AS k WHERE k.id = uuid)
  END;
END $$;
COMMENT ON FUNCTION base.owner_of IS 'The country that owns a row, whatever its label; NULL if the row is missing.';

-- Test: test/audit/attempts.test.ts
CREATE OR REPLACE FUNCTION tripoint.note_attempts(attempts json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  INSERT INTO base.refused_attempt AS r (hour, key_id, subject, agency, country, status, collection, owner, attempts, objects)
  SELECT date_trunc('hour', a.hour, 'UTC'), a.key, a.subject, a.agency, a.country, a.status, a.collection, a.owner,
    sum(a.attempts), count(*) FILTER (WHERE a."isNew")
  FROM (
    SELECT a.*, base.owner_of(a.collection, a.target) AS owner
    FROM json_to_recordset(note_attempts.attempts) AS a (hour timestamptz, key uuid, subject text, agency text, country text, status int,
      collection text, target text, attempts int, "isNew" boolean)
  ) AS a
  WHERE a.owner IS NOT NULL OR a.target IS NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT ON CONSTRAINT refused_attempt_is_one
    DO UPDATE SET attempts = r.attempts + EXCLUDED.attempts, objects = r.objects + EXCLUDED.objects;
END $$;
COMMENT ON FUNCTION tripoint.note_attempts IS 'Counts refused requests, many at once, if their row exists; it answers nothing, so that the service does not learn which do. Requests without a target were not kept one by one.';
REVOKE EXECUTE ON FUNCTION tripoint.note_attempts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.note_attempts TO tripoint_service;

-- Test: test/audit/attempts.test.ts
CREATE OR REPLACE FUNCTION base.log_attempts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  -- processes write their counts every ten seconds
  over timestamptz := date_trunc('hour', clock_timestamp() - interval '1 minute', 'UTC');
BEGIN
  IF NOT EXISTS (SELECT FROM base.refused_attempt AS r WHERE r.hour < over) THEN RETURN; END IF;
  WITH gone AS (DELETE FROM base.refused_attempt AS r WHERE r.hour < over RETURNING r.*)
  INSERT INTO base.audit_entry (agency, country, key_id, subject, action, collection, row_count, shares, outcome, detail)
  SELECT g.agency, g.country, g.key_id, g.subject, 'attempts', g.collection, g.attempts,
    CASE WHEN g.owner IS NULL THEN array_fill(g.attempts, ARRAY[3]) ELSE ARRAY(
      SELECT CASE c WHEN g.owner THEN g.attempts ELSE 0 END FROM unnest(ARRAY['DZA', 'LBY', 'TUN']) WITH ORDINALITY AS t (c, n)
      ORDER BY t.n) END,
    g.status::text,
    'hour ' || to_char(g.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24":00:00Z"')
      || CASE WHEN g.owner IS NULL THEN ', not kept one by one' ELSE ', ' || g.objects || ' objects' END
  FROM gone AS g ORDER BY g.hour, g.key_id, g.collection;
END $$;
COMMENT ON FUNCTION base.log_attempts IS 'Moves the refused attempts of hours that are over to the audit log: one entry for each key, hour, collection, status and owner.';
REVOKE EXECUTE ON FUNCTION base.log_attempts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.log_attempts TO tripoint_sealer;
