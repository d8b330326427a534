CREATE OR REPLACE FUNCTION base.standing_of(faces base.zone[], at timestamptz) RETURNS base.standing
LANGUAGE sql STABLE AS $$
  SELECT ROW(coalesce(bit_or(z.audience & z.shown_to), 0),
    min(z.red_agency) FILTER (WHERE (z.shown_to & tripoint.country_bits(ARRAY[z.country])) <> 0),
    coalesce(bit_or(CASE WHEN z.tlp = 'CLEAR' AND z.agreed_at IS NOT NULL THEN 0 ELSE tripoint.zone_countries(z.tlp,
      CASE WHEN z.proposed_at IS NULL THEN 'draft' END, z.country, z.participants) END), 0))::base.standing
  FROM unnest(faces) AS z WHERE z.shown_during @> standing_of.at
$$;
COMMENT ON FUNCTION base.standing_of IS 'Who is shown a zone at an instant, and which countries own it, from all its faces.';

-- Test: test/exchange/feed.test.ts, test/zones/visibility.test.ts
CREATE OR REPLACE FUNCTION base.add_zone_change(of_zone text, was base.zone[], "is" base.zone[], since timestamptz, until timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  before base.standing := base.standing_of(was, since);
  after base.standing := base.standing_of("is", until);
BEGIN
  INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
  VALUES ('zones', of_zone, before.audience, after.audience, before.red, after.red, before.concern | after.concern)
  -- a decision before it in this transaction told the participants alone
  ON CONFLICT (xid, collection, id) DO UPDATE SET audience_before = c.audience_before | (EXCLUDED.audience_before & ~c.audience_after),
    red_before = coalesce(c.red_before, CASE WHEN c.red_after IS NULL THEN EXCLUDED.red_before END),
    audience_after = EXCLUDED.audience_after, red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.change_shared_of_zone(of_zone, before, after);
END $$;
COMMENT ON FUNCTION base.add_zone_change IS 'Adds one change for a zone, whatever number of its faces changed: who was shown it, and who is shown it now.';

-- Test: test/exchange/feed-consents.test.ts
CREATE OR REPLACE FUNCTION base.add_consent_changes(revisions text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  decided record;
BEGIN
  FOR decided IN
    SELECT p.id, p.audience, base.red_among(p.red_agency, p.ends) AS red, p.ends
    FROM (
      SELECT r.id, r.red_agency, bit_or(r.audience & e.ends & s.audience) AS audience, bit_or(e.ends) AS ends
      FROM base.zone_revision AS r
      CROSS JOIN LATERAL (SELECT tripoint.country_bits(r.participants) AS ends) AS e
      CROSS JOIN LATERAL base.standing_of(ARRAY(SELECT z FROM base.zone AS z WHERE z.id = r.id), clock_timestamp()) AS s
      WHERE r.name = ANY (revisions) AND r.proposed_at IS NOT NULL
      GROUP BY r.id, r.red_agency
    ) AS p
    ORDER BY p.id
  LOOP
    CONTINUE WHEN decided.audience = 0 AND decided.red IS NULL;
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    VALUES ('zones', decided.id, decided.audience, decided.audience, decided.red, decided.red, decided.ends)
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_before = c.audience_before | (EXCLUDED.audience_before & ~c.audience_after),
      audience_after = c.audience_after | EXCLUDED.audience_after, red_before = coalesce(c.red_before, EXCLUDED.red_before),
      red_after = coalesce(c.red_after, EXCLUDED.red_after), concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
    -- not as zones: no tile shows a decision
    PERFORM base.tell('consents', 1, decided.audience, decided.red, NULL);
  END LOOP;
END $$;
COMMENT ON FUNCTION base.add_consent_changes IS 'Adds a change of the zone of each of these revisions for those who see both it and its decisions: the participants of the revision. Others learn nothing.';
