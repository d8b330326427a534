-- With the rights of its caller, who owns the tables. The temporary table logged holds an export of the log
-- (src/restore/replay.store.ts). Of several entries about a row the last one counts: it is what held before the loss.
CREATE OR REPLACE FUNCTION base.last_logged(of_collection text, is_like text, after bigint)
RETURNS TABLE (target text, agency text, at timestamptz, detail text, becomes text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT DISTINCT ON (l.target) l.target, l.agency, l.at, l.detail, regexp_replace(l.detail, '^.* → ', '')
    FROM logged AS l
    WHERE l.seq > after AND l.collection = of_collection AND l.detail ~ is_like AND l.target IS NOT NULL
    ORDER BY l.target, l.seq DESC;
END $$;
COMMENT ON FUNCTION base.last_logged IS 'The last entry about each row of a collection after a place in the chain, from an export of the log.';
REVOKE EXECUTE ON FUNCTION base.last_logged FROM PUBLIC;

-- Test: test/restores/replay.test.ts
CREATE OR REPLACE FUNCTION base.replay_entries(after bigint) RETURNS TABLE (kind text, done bigint)
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  said record;
  n bigint;
BEGIN
  DELETE FROM base.legal_hold AS h USING base.last_logged('incidents', '^removed$', after) AS l WHERE h.incident = l.target::uuid;
  DELETE FROM base.incident AS i USING base.last_logged('incidents', '^removed$', after) AS l WHERE i.id = l.target::uuid;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'incidents removed', n;

  INSERT INTO base.legal_hold (incident, country, agency, reason, placed_at)
  SELECT i.id, i.owner, a.id, 'Placed before a restore; its reason is with the agency', l.at
  FROM base.last_logged('incidents', '^hold ', after) AS l
  JOIN base.incident AS i ON i.id = l.target::uuid
  JOIN base.agency AS a ON l.detail = 'hold placed by ' || a.id AND a.country = i.owner
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'legal holds placed', n;

  UPDATE base.incident AS i SET tlp = k.tlp, releasable_to = k.releasable_to
  FROM (
    SELECT b.id, k.* FROM base.last_logged('incidents', ' → ', after) AS l
    JOIN base.incident AS b ON b.id = l.target::uuid
    CROSS JOIN LATERAL (SELECT string_to_array(l.becomes, ' ') AS words) AS w
    CROSS JOIN LATERAL base.narrower_label(b.tlp, b.releasable_to, w.words[1], w.words[2:]) AS k
    WHERE (b.tlp, b.releasable_to) IS DISTINCT FROM (k.tlp, k.releasable_to)
  ) AS k WHERE i.id = k.id;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'labels of incidents narrowed', n;

  -- a report that follows its incident becomes no wider by a label of its own
  UPDATE base.report AS r SET tlp = k.tlp, releasable_to = k.releasable_to
  FROM (
    SELECT b.id, k.* FROM base.last_logged('reports', ' → ', after) AS l
    JOIN base.report AS b ON b.id = split_part(l.target, '/', 2)::uuid
    CROSS JOIN LATERAL (SELECT string_to_array(l.becomes, ' ') AS words) AS w
    CROSS JOIN LATERAL base.narrower_label(coalesce(b.tlp, w.words[1]),
      CASE WHEN b.tlp IS NULL THEN w.words[2:] ELSE b.releasable_to END, w.words[1], w.words[2:]) AS k
    WHERE l.becomes <> 'as its incident' AND (b.tlp, b.releasable_to) IS DISTINCT FROM (k.tlp, k.releasable_to)
  ) AS k WHERE r.id = k.id;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'labels of reports narrowed', n;

  UPDATE base.offer AS o SET tlp = k.tlp, releasable_to = k.releasable_to
  FROM (
    SELECT b.id, k.* FROM base.last_logged('offers', ' → ', after) AS l
    JOIN base.offer AS b ON b.id = l.target::uuid
    CROSS JOIN LATERAL (SELECT string_to_array(l.becomes, ' ') AS words) AS w
    CROSS JOIN LATERAL base.narrower_label(b.tlp, b.releasable_to, w.words[1], w.words[2:]) AS k
    WHERE (b.tlp, b.releasable_to) IS DISTINCT FROM (k.tlp, k.releasable_to)
  ) AS k WHERE o.id = k.id;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'labels of offers narrowed', n;

  UPDATE base.zone AS z SET tlp = k.tlp, releasable_to = k.releasable_to
  FROM (
    SELECT DISTINCT b.id, k.* FROM base.last_logged('zones', ' → ', after) AS l
    JOIN base.zone AS b ON b.id = l.target
    CROSS JOIN LATERAL (SELECT string_to_array(l.becomes, ' ') AS words) AS w
    CROSS JOIN LATERAL base.narrower_label(b.tlp, b.releasable_to, w.words[1], w.words[2:]) AS k
    WHERE (b.tlp, b.releasable_to) IS DISTINCT FROM (k.tlp, k.releasable_to)
  ) AS k WHERE z.id = k.id;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'labels of zones narrowed', n;

  UPDATE base.api_key AS k SET
    roles = CASE WHEN f.roles = '{}' THEN k.roles ELSE f.roles END,
    expires_at = least(k.expires_at, f.until),
    revoked_at = coalesce(k.revoked_at, f.revoked, CASE WHEN f.roles = '{}' THEN f.at END)
  FROM (
    SELECT b.id, l.at, ARRAY(SELECT o.role FROM unnest(b.roles) AS o (role)
        WHERE o.role = ANY (string_to_array(regexp_replace(l.becomes, ' (until|revoked) .*$', ''), ' '))) AS roles,
      substring(l.becomes FROM ' until (\S+)')::timestamptz AS until,
      substring(l.becomes FROM ' revoked (\S+)')::timestamptz AS revoked
    FROM base.last_logged('keys', ' → |^removed$', after) AS l JOIN base.api_key AS b ON b.id = l.target::uuid
  ) AS f
  WHERE k.id = f.id AND (f.roles <> '{}' AND k.roles <> f.roles OR f.until < coalesce(k.expires_at, 'infinity')
    OR k.revoked_at IS NULL AND (f.roles = '{}' OR f.revoked IS NOT NULL));
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'keys revoked or limited', n;

  n := 0;
  FOR said IN
    SELECT DISTINCT ON (z.id, z.revision, m.country) z.id AS zone, z.revision, m.country, m.decision, a.id AS agency, l.at
    FROM logged AS l
    CROSS JOIN LATERAL (SELECT regexp_match(l.detail, '^(\w+) of (\w{3}) by (.+)$') AS part) AS p
    CROSS JOIN LATERAL (SELECT p.part[1] AS decision, p.part[2] AS country) AS m
    JOIN base.zone_revision AS z ON z.name = l.target
    JOIN base.agency AS a ON a.id = p.part[3] AND a.country = m.country
    WHERE l.seq > after AND l.collection = 'consents'
    ORDER BY z.id, z.revision, m.country, l.seq DESC
  LOOP
    CONTINUE WHEN said.decision = 'approve' OR said.decision IS NOT DISTINCT FROM (
      SELECT c.decision FROM base.zone_consent AS c WHERE c.zone = said.zone AND c.revision = said.revision
        AND c.country = said.country ORDER BY c.n DESC LIMIT 1);
    PERFORM set_config('tripoint.viewer', tripoint.country_bits(ARRAY[said.country])::text, true);
    INSERT INTO base.zone_consent (id, zone, revision, country, agency, decision, reason, at)
    VALUES (gen_random_uuid(), said.zone, said.revision, said.country, said.agency, said.decision,
      CASE said.decision WHEN 'reject' THEN 'Replayed after a restore' END, said.at);
    UPDATE base.zone_revision AS r SET
      suspended_at = CASE WHEN r.starts_at < said.at THEN said.at END,
      agreed_at = CASE WHEN r.starts_at < said.at THEN r.agreed_at END
    WHERE r.id = said.zone AND r.revision = said.revision AND said.decision = 'withdraw'
      AND r.agreed_at IS NOT NULL AND r.suspended_at IS NULL;
    n := n + 1;
  END LOOP;

  PERFORM set_config('tripoint.roles', 'coordinator', true);
  FOR said IN
    SELECT DISTINCT ON (p.id) p.id AS proposal, m.country, m.decision, a.id AS agency
    FROM logged AS l
    CROSS JOIN LATERAL (SELECT regexp_match(l.detail, '^(refuse|withdraw) of (\w{3}) by (.+)$') AS part) AS d
    CROSS JOIN LATERAL (SELECT d.part[1] AS decision, d.part[2] AS country) AS m
    JOIN base.joint_proposal AS p ON p.id::text = l.target AND p.ended_at IS NULL
    JOIN base.agency AS a ON a.id = d.part[3] AND a.country = m.country
    WHERE l.seq > after AND l.collection = 'consents'
      AND (p.agreed_at IS NOT NULL OR p.open_until > clock_timestamp())
      AND CASE m.decision WHEN 'refuse' THEN p.agreed_at IS NULL
        ELSE EXISTS (SELECT 1 FROM base.joint_consent AS c
          WHERE c.proposal = p.id AND c.country = m.country AND c.decision = 'approve') END
    ORDER BY p.id, l.seq
  LOOP
    PERFORM set_config('tripoint.viewer', tripoint.country_bits(ARRAY[said.country])::text, true);
    INSERT INTO base.joint_consent (id, proposal, country, agency, decision, reason)
    VALUES (gen_random_uuid(), said.proposal, said.country, said.agency, said.decision,
      CASE said.decision WHEN 'refuse' THEN 'Replayed after a restore' END);
    n := n + 1;
  END LOOP;
  PERFORM set_config('tripoint.roles', '', true);
  PERFORM set_config('tripoint.viewer', '', true);
  RETURN QUERY SELECT 'consents withdrawn', n;

  UPDATE base.zone_revision AS r SET
    suspended_at = CASE WHEN l.becomes = 'suspended' AND r.agreed_at IS NOT NULL THEN coalesce(r.suspended_at, l.at) ELSE r.suspended_at END,
    withdrawn_at = CASE WHEN l.becomes = 'withdrawn' THEN coalesce(r.withdrawn_at, l.at) ELSE r.withdrawn_at END,
    agreed_at = CASE WHEN l.becomes = 'proposed' AND r.suspended_at IS NULL THEN NULL ELSE r.agreed_at END
  FROM base.last_logged('revisions', ' → ', after) AS l
  WHERE r.name = l.target AND (l.becomes = 'suspended' AND r.agreed_at IS NOT NULL AND r.suspended_at IS NULL
    OR l.becomes = 'withdrawn' AND r.withdrawn_at IS NULL
    OR l.becomes = 'proposed' AND r.agreed_at IS NOT NULL AND r.suspended_at IS NULL);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'agreements ended', n;

  DELETE FROM base.mandate AS m USING base.last_logged('mandates', ' → |^removed$', after) AS l
  WHERE m.id = l.target AND (l.detail = 'removed' OR substring(l.becomes FROM 'until (\d\S+)')::timestamptz <= m.valid_from);
  UPDATE base.mandate AS m SET valid_to = l.until
  FROM (
    SELECT f.target, substring(f.becomes FROM 'until (\d\S+)')::timestamptz AS until
    FROM base.last_logged('mandates', ' → ', after) AS f
  ) AS l
  WHERE m.id = l.target AND l.until < coalesce(m.valid_to, 'infinity');
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'mandates ended', n;

  DELETE FROM base.webhook AS w USING base.last_logged('webhooks', '^removed$', after) AS l WHERE w.id = l.target::uuid;
  UPDATE base.webhook AS w SET is_enabled = false
  WHERE w.is_enabled AND (
    EXISTS (SELECT 1 FROM base.last_logged('webhooks', 'new (address|secret)', after) AS l WHERE l.target = w.id::text)
    OR EXISTS (SELECT 1 FROM base.last_logged('webhooks', '(en|dis)abled', after) AS l
               WHERE l.target = w.id::text AND l.detail ~ 'disabled'));
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN QUERY SELECT 'webhooks disabled', n;

  n := 0;
  IF EXISTS (SELECT 1 FROM base.last_logged('worlds', ' → ended$', after) AS l JOIN base.world AS w ON w.id = l.target)
    AND base.end_world()
  THEN n := 1;
  END IF;
  RETURN QUERY SELECT 'exercises ended', n;
END $$;
COMMENT ON FUNCTION base.replay_entries IS 'Does again what narrowed something after a place in the chain: removals, holds, labels, keys, consents, agreements, mandates, webhooks, the end of an exercise. It widens nothing, and returns numbers of rows.';
REVOKE EXECUTE ON FUNCTION base.replay_entries FROM PUBLIC;

-- Test: test/restores/closed.test.ts
CREATE OR REPLACE FUNCTION base.open_installation(new_folder uuid, said text) RETURNS void
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
BEGIN
  DELETE FROM base.installation;
  INSERT INTO base.installation SELECT (base.installation_here(new_folder)).*;
  UPDATE base.lost_head SET accepted_at = clock_timestamp() WHERE accepted_at IS NULL;
  -- one that was ended since the backup would be open again
  DELETE FROM base.session;
  PERFORM base.announce_reset();
  PERFORM base.add_write_entry('change', 'restores', 'database', 3, ARRAY[1, 1, 1]::bigint[], 14, said);
END $$;
COMMENT ON FUNCTION base.open_installation IS 'Opens the service after a restore: stores the identifiers of this place, accepts lost heads, ends all sessions, and resets who follows. The entry in the log is for the auditors of all countries.';
REVOKE EXECUTE ON FUNCTION base.open_installation FROM PUBLIC;
