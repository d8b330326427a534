-- Who sees coordination, as the views tripoint.incident_acknowledgement, incident_response, incident_request and assistance
-- say. Callers without a key see none of it, not even on CLEAR incidents: 14 is the mask of the three countries.

CREATE OR REPLACE FUNCTION base.coordination_of(of_incident uuid, of_audience int, of_red_agency text, of_owner text)
RETURNS TABLE (collection text, id text, audience int, red text, concern int)
LANGUAGE sql STABLE AS $$
  SELECT 'acknowledgements', a.incident || '/' || a.agency, of_audience & 14, of_red_agency,
    tripoint.country_bits(ARRAY[a.country, a.owner])
  FROM base.incident_acknowledgement AS a WHERE a.incident = of_incident
  UNION ALL
  SELECT 'responses', r.id::text, of_audience & 14 & coalesce(r.own_audience, 14),
    CASE WHEN coalesce(r.own_audience, 14) & tripoint.country_bits(ARRAY[of_owner]) <> 0 THEN of_red_agency END,
    tripoint.country_bits(ARRAY[r.country, r.owner])
  FROM base.incident_response AS r WHERE r.incident = of_incident
  UNION ALL
  SELECT 'requests', q.id::text, of_audience & q.readers,
    CASE WHEN q.readers & tripoint.country_bits(ARRAY[of_owner]) <> 0 THEN of_red_agency END, q.readers
  FROM base.incident_request AS q WHERE q.incident = of_incident
$$;
COMMENT ON FUNCTION base.coordination_of IS 'Acknowledgements, responses and requests about an incident, and who sees each of them under a label of the incident.';

CREATE OR REPLACE FUNCTION base.assistance_of(n base.distress_notice)
RETURNS TABLE (id text, audience int, red text, agencies text[], concern int)
LANGUAGE sql STABLE AS $$
  SELECT s.id::text, n.incident_audience & 14, n.incident_red_agency, ARRAY(
      SELECT DISTINCT r.agency FROM base.rescue_scopes() AS r
      WHERE r.border = ANY (n.borders) AND tripoint.country_bits(ARRAY[r.country]) & n.audience <> 0),
    n.audience
  FROM base.assistance AS s WHERE s.notice = n.id
$$;
COMMENT ON FUNCTION base.assistance_of IS 'Assistance for a distress notice, and who sees it: viewers of the incident, and the rescue bodies of the countries at the border.';

CREATE OR REPLACE FUNCTION base.red_among(red text, ends int) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT a.id FROM base.agency AS a WHERE a.id = red AND tripoint.country_bits(ARRAY[a.country]) & ends <> 0
$$;
COMMENT ON FUNCTION base.red_among IS 'The only viewer of a RED row, if its country is one of those that share something about the row.';

CREATE OR REPLACE FUNCTION base.standing_of_ends(of_zone text, ends int, concern int) RETURNS base.standing
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN of_zone IS NULL THEN ROW(ends, NULL, concern)::base.standing ELSE (
    SELECT ROW(s.audience & ends, base.red_among(s.red, ends), concern)::base.standing
    FROM base.standing_of(ARRAY(SELECT z FROM base.zone AS z WHERE z.id = of_zone), clock_timestamp()) AS s) END
$$;
COMMENT ON FUNCTION base.standing_of_ends IS 'Who sees what some countries share: all of them, or those that see the zone that it is about.';

CREATE OR REPLACE FUNCTION base.standing_of_request(q base.incident_request) RETURNS base.standing
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN q.incident IS NULL THEN base.standing_of_ends(q.zone, q.readers, q.readers) ELSE (
    SELECT ROW(i.audience & q.readers, CASE WHEN q.readers & tripoint.country_bits(ARRAY[i.owner]) <> 0 THEN i.red_agency END,
      q.readers)::base.standing
    FROM base.incident AS i WHERE i.id = q.incident) END
$$;
COMMENT ON FUNCTION base.standing_of_request IS 'Who sees a request: the countries at both ends that see the incident or zone; all else that a request is about everybody sees.';

-- Test: test/coordination/subjects.test.ts, test/procedures/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_shared_of_zone(of_zone text, before base.standing, after base.standing) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF (before).audience = (after).audience AND (before).red IS NOT DISTINCT FROM (after).red THEN RETURN; END IF;
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW(s.collection, s.id, s.lane, (before).audience & s.ends, (after).audience & s.ends,
      base.red_among((before).red, s.ends), base.red_among((after).red, s.ends), NULL, NULL, s.ends)::base.coordination_change
    FROM (
      SELECT 'requests' AS collection, q.id::text, q.id AS lane, q.readers AS ends
      FROM base.incident_request AS q WHERE q.zone = of_zone
      UNION ALL
      SELECT 'procedures', v.name, v.procedure, v.audience FROM base.procedure_version AS v WHERE v.zone = of_zone
    ) AS s));
END $$;
COMMENT ON FUNCTION base.change_shared_of_zone IS 'Change feed and webhooks: requests and procedures of a zone that is shown to others than before.';

-- Test: test/coordination/followed.test.ts, test/webhooks/coordination.test.ts
CREATE OR REPLACE FUNCTION base.add_coordination_changes(changes base.coordination_change[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(changes) = 0 THEN RETURN; END IF;
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, agencies_before,
    agencies_after, concern)
  SELECT f.collection, f.id, f.audience_before, f.audience_after, f.red_before, f.red_after, f.agencies_before,
    f.agencies_after, f.concern
  FROM unnest(changes) AS f
  ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after, red_after = EXCLUDED.red_after,
    agencies_after = EXCLUDED.agencies_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.tell(f.collection, count(*), bit_or(f.audience_before | f.audience_after),
    string_agg(DISTINCT coalesce(f.red_before, f.red_after), ','), NULL)
  FROM unnest(changes) AS f GROUP BY f.collection;
  -- a label that changes is no news for those who saw the row before
  INSERT INTO base.delivery (webhook, agency, collection, subject, lane)
  SELECT w.id, w.agency, f.collection, f.id, f.lane
  FROM unnest(changes) WITH ORDINALITY AS f
  JOIN base.webhook AS w ON w.is_enabled AND w.verified_at IS NOT NULL
    AND (w.coordination IS NULL OR f.collection = ANY (w.coordination))
  CROSS JOIN LATERAL (
    SELECT coalesce(tripoint.sees(f.audience_before, f.red_before, tripoint.country_bits(ARRAY[w.country]), w.agency)
        OR w.agency = ANY (f.agencies_before), false) AS saw,
      coalesce(tripoint.sees(f.audience_after, f.red_after, tripoint.country_bits(ARRAY[w.country]), w.agency)
        OR w.agency = ANY (f.agencies_after), false) AS sees
  ) AS v
  WHERE v.sees AND (NOT v.saw OR (f.audience_before, f.red_before, f.agencies_before)
    IS NOT DISTINCT FROM (f.audience_after, f.red_after, f.agencies_after))
  ORDER BY f.ordinality, w.id;
END $$;
COMMENT ON FUNCTION base.add_coordination_changes IS 'Change feed and webhooks: coordination that is added, changed, shown to somebody else by a label, or removed.';

-- TG_ARGV: the collection.
-- Test: test/coordination/followed.test.ts
CREATE OR REPLACE FUNCTION base.change_coordination() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  is_new boolean := TG_OP = 'INSERT';
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW(f.collection, f.id, i.id, CASE WHEN is_new THEN 0 ELSE f.audience END, f.audience,
      CASE WHEN NOT is_new THEN f.red END, f.red, NULL, NULL, f.concern)::base.coordination_change
    FROM base.incident AS i CROSS JOIN LATERAL base.coordination_of(i.id, i.audience, i.red_agency, i.owner) AS f
    WHERE i.id IN (SELECT r.incident FROM new_rows AS r) AND f.collection = TG_ARGV[0]
      AND f.id IN (SELECT coalesce(to_jsonb(r) ->> 'id', r.incident || '/' || r.agency) FROM new_rows AS r)));
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_coordination IS 'Change feed and webhooks: an acknowledgement or a response is added or changed.';

-- Test: test/coordination/followed.test.ts
CREATE OR REPLACE FUNCTION base.remove_coordination() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.add_coordination_changes(ARRAY(
    SELECT ROW(f.collection, f.id, OLD.id, f.audience, 0, f.red, NULL, NULL, NULL, f.concern)::base.coordination_change
    FROM base.coordination_of(OLD.id, OLD.audience, OLD.red_agency, OLD.owner) AS f
    UNION ALL
    SELECT ROW('assistance', f.id, OLD.id, f.audience, 0, f.red, NULL, f.agencies, NULL, f.concern)::base.coordination_change
    FROM base.distress_notice AS n CROSS JOIN LATERAL base.assistance_of(n) AS f WHERE n.incident = OLD.id));
  RETURN OLD;
END $$;
COMMENT ON FUNCTION base.remove_coordination IS 'Change feed: what was coordinated about an incident goes with it. Before the rows go, because afterwards nobody knows who saw them.';
