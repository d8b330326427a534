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
  VALUES ('zones', of_zone, before.audience, after.audience, before.red, after.red, before.concern | after.concern) ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  PERFORM base.change_shared_of_zone(of_zone, before, after);
END $$;
COMMENT ON FUNCTION base.add_zone_change IS 'Adds one change for a zone, whatever number of its faces changed: who was shown it, and who is shown it now.';
