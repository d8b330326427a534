CREATE OR REPLACE FUNCTION base.faces_of(of_zone text, at timestamptz)
RETURNS TABLE (face int, revision int, shown_to int, shown_during tstzrange)
LANGUAGE sql STABLE AS $$
  WITH r AS (
    SELECT v.revision, v.agreed_at, v.starts_at, v.replaced_at, v.audience,
           tripoint.country_bits(ARRAY[v.country]) AS owner
    FROM base.zone_revision AS v WHERE v.id = of_zone
  ), cut AS (
    SELECT c.at, tstzrange(CASE WHEN c.at > faces_of.at THEN c.at END, lead(c.at) OVER (ORDER BY c.at)) AS during
    FROM (SELECT faces_of.at UNION SELECT r.starts_at FROM r WHERE r.starts_at > faces_of.at) AS c (at)
  ), best AS (
    SELECT DISTINCT ON (c.at, b.bit) c.during, b.bit, r.revision, r.owner
    FROM cut AS c CROSS JOIN unnest(ARRAY[1, 2, 4, 8]) AS b (bit) CROSS JOIN r
    CROSS JOIN LATERAL (SELECT CASE
      WHEN tripoint.is_replaced(r.starts_at, r.replaced_at, c.at) THEN NULL
      WHEN r.agreed_at IS NULL THEN 3 -- a draft or a proposal
      WHEN r.starts_at > c.at THEN 2
      ELSE 1 END AS rank) AS k
    WHERE k.rank IS NOT NULL AND ((r.audience | r.owner) & b.bit) <> 0
    ORDER BY c.at, b.bit, k.rank, r.starts_at, r.revision DESC
  )
  SELECT (row_number() OVER (ORDER BY lower_inf(f.during) DESC, f.is_owners DESC, f.during, f.revision))::int - 1,
         f.revision, f.shown_to, f.during
  FROM (SELECT during, revision, bit_or(bit) AS shown_to, bool_or(bit = owner) AS is_owners
        FROM best GROUP BY during, revision) AS f
$$;
COMMENT ON FUNCTION base.faces_of IS 'Which revision of a zone each viewer is shown, and when: the agreed one, also suspended or expired, until another takes effect. Viewers without access to it, and all viewers before there is one, see the proposal.';

-- Test: test/database/membership.test.ts, test/zones/consent.test.ts
CREATE OR REPLACE FUNCTION base.keep_membership(of_zone text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wanted int[] := ARRAY(
    SELECT v.revision FROM base.zone_revision AS v
    WHERE v.id = of_zone AND v.proposed_at IS NOT NULL AND v.suspended_at IS NULL AND v.withdrawn_at IS NULL
      AND NOT tripoint.is_replaced(v.starts_at, v.replaced_at, clock_timestamp()));
  gathered int[] := ARRAY(SELECT DISTINCT p.revision FROM base.zone_part AS p WHERE p.zone = of_zone);
BEGIN
  IF wanted @> gathered AND gathered @> wanted THEN RETURN; END IF;
  PERFORM base.lock_membership(alone => true);
  DELETE FROM base.incident_zone AS m WHERE m.zone = of_zone AND m.revision <> ALL (wanted);
  DELETE FROM base.zone_part AS p WHERE p.zone = of_zone AND p.revision <> ALL (wanted);
  DELETE FROM base.zone_edge AS e WHERE e.zone = of_zone AND e.revision <> ALL (wanted);
  PERFORM base.gather_incidents(v.id, v.revision, v.area) FROM base.zone_revision AS v
  WHERE v.id = of_zone AND v.revision = ANY (wanted) AND v.revision <> ALL (gathered);
END $$;
COMMENT ON FUNCTION base.keep_membership IS 'Pairs incidents with the revisions that are in force, agreed for later, or proposed. A suspended or withdrawn zone holds no incidents.';

-- Test: test/zones/consent.property.test.ts, test/zones/visibility.test.ts
CREATE OR REPLACE FUNCTION base.settle_zone(of_zone text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  UPDATE base.zone_revision AS r SET replaced_at = n.at
  FROM (
    SELECT o.revision, min(CASE WHEN o.agreed_at IS NULL THEN n.proposed_at ELSE n.starts_at END) AS at
    FROM base.zone_revision AS o LEFT JOIN base.zone_revision AS n ON n.id = o.id AND n.revision > o.revision
    WHERE o.id = of_zone GROUP BY o.revision
  ) AS n
  WHERE r.id = of_zone AND r.revision = n.revision AND r.replaced_at IS DISTINCT FROM n.at;

  INSERT INTO base.zone (id, face, shown_to, shown_during, country, agency, author, kind, names, purpose, participants, area, derived_from, horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, tlp, releasable_to, source, revision, created_at, updated_at, proposed_at, agreed_at, suspended_at, withdrawn_at, replaced_at, asked_after)
  SELECT r.id, f.face, f.shown_to, f.shown_during, r.country, r.agency, r.author, r.kind, r.names, r.purpose, r.participants, r.area, r.derived_from, r.horizontal_accuracy_m, r.valid_from, r.valid_to, r.legal_act, r.notes, r.tlp, r.releasable_to, r.source, r.revision, r.created_at, r.updated_at, r.proposed_at, r.agreed_at, r.suspended_at, r.withdrawn_at, r.replaced_at, r.asked_after
  FROM base.faces_of(of_zone, moment) AS f JOIN base.zone_revision AS r ON r.id = of_zone AND r.revision = f.revision
  ON CONFLICT (id, face) DO UPDATE SET (shown_to, shown_during, country, agency, author, kind, names, purpose, participants, area, derived_from, horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, tlp, releasable_to, source, revision, created_at, updated_at, proposed_at, agreed_at, suspended_at, withdrawn_at, replaced_at, asked_after)
    = ROW(EXCLUDED.shown_to, EXCLUDED.shown_during, EXCLUDED.country, EXCLUDED.agency, EXCLUDED.author, EXCLUDED.kind, EXCLUDED.names, EXCLUDED.purpose, EXCLUDED.participants, EXCLUDED.area, EXCLUDED.derived_from, EXCLUDED.horizontal_accuracy_m, EXCLUDED.valid_from, EXCLUDED.valid_to, EXCLUDED.legal_act, EXCLUDED.notes, EXCLUDED.tlp, EXCLUDED.releasable_to, EXCLUDED.source, EXCLUDED.revision, EXCLUDED.created_at, EXCLUDED.updated_at, EXCLUDED.proposed_at, EXCLUDED.agreed_at, EXCLUDED.suspended_at, EXCLUDED.withdrawn_at, EXCLUDED.replaced_at, EXCLUDED.asked_after);
  DELETE FROM base.zone AS z
  WHERE z.id = of_zone AND z.face >= (SELECT count(*) FROM base.faces_of(of_zone, moment));
  PERFORM base.keep_membership(of_zone);
END $$;
COMMENT ON FUNCTION base.settle_zone IS 'Works out from the revisions of a zone when each is replaced, what each viewer is shown (base.zone), and which incidents it holds.';
