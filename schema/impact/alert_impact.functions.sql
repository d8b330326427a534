-- Alerts about levels of impact and their reactions. They have no incident; the kind is other, the place the middle of the segment.

-- Test: test/impact/alerts.test.ts
CREATE OR REPLACE FUNCTION base.add_impact_alerts(a base.impact_assessment, r base.reaction, of_trigger text, direct text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO base.alert (agency, country, trigger, subscription, triggers, subscriptions, nature, kind, occurred_at, point,
    horizontal_accuracy_m, border, border_km, segment, assessment, reaction, due_at)
  SELECT t.agency, t.country, of_trigger, t.subscriptions[1], array_fill(of_trigger, ARRAY[cardinality(t.subscriptions)]),
    t.subscriptions, w.kind, 'other', coalesce(r.due_at, a.updated_at), ST_LineInterpolatePoint(s.line, 0.5),
    round(ST_Length(s.geog)::numeric / 2), s.border, (s.from_km + s.to_km) / 2, s.id, a.id, r.id, r.due_at
  FROM base.segment AS s CROSS JOIN base.world AS w CROSS JOIN LATERAL (
    SELECT e.agency, e.country,
      coalesce(array_agg(e.subscription ORDER BY e.subscription) FILTER (WHERE e.subscription IS NOT NULL), '{NULL}') AS subscriptions
    FROM (
      SELECT b.agency, b.country, b.id AS subscription FROM base.subscription AS b
      WHERE b.enabled AND of_trigger = ANY (b.triggers) AND w.kind = ANY (b.natures)
        AND (b.segment = s.id OR num_nonnulls(b.zone, b.segment, b.crossing, b.filter) = 0)
        AND coalesce(r.audience, a.audience) & b.bits <> 0
      UNION ALL SELECT g.id, g.country, NULL FROM base.agency AS g WHERE g.id = direct
    ) AS e GROUP BY e.agency, e.country
  ) AS t
  WHERE s.id = a.segment;
END $$;
COMMENT ON FUNCTION base.add_impact_alerts IS 'Alerts subscribers of the segment, or of everything, that see what it is about, and one agency without a subscription: one alert each.';
