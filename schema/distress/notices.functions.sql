-- In plpgsql: planned once for each connection.
CREATE OR REPLACE FUNCTION base.assist_within() RETURNS interval
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT k.assist_within FROM base.kind_limit AS k WHERE k.kind = 'distress');
END $$;
COMMENT ON FUNCTION base.assist_within IS 'How long people in distress may wait for assistance.';

-- One plan for all numbers of ids, also below: to plan it for each costs more than it takes.
-- Test: test/coordination/distress.test.ts, test/incidents/left-rows.test.ts
CREATE OR REPLACE FUNCTION base.note_distress(ids uuid[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO base.distress_notice AS n (id, incident, nature, occurred_at, point, horizontal_accuracy_m, in_need_best,
    in_need_low, in_need_high, borders, audience, assistance_due_at, assisted_at, incident_agency, incident_audience,
    incident_red_agency)
  SELECT coalesce((SELECT a.notice FROM base.assistance AS a WHERE a.incident = i.id LIMIT 1), gen_random_uuid()),
    i.id, i.nature, i.occurred_at, i.point, i.horizontal_accuracy_m, i.counts_best, i.counts_low, i.counts_high,
    coalesce(b.codes, '{}'), coalesce(b.countries, 0),
    CASE WHEN i.state <> 'closed' AND NOT base.is_archive(i.external_id, upper(i.period), i.reported_at)
      THEN CASE i.revision WHEN 1 THEN i.reported_at ELSE i.updated_at END + k.assist_within END,
    (SELECT max(a.at) FROM base.assistance AS a WHERE a.incident = i.id AND a.state = 'given'),
    i.agency, i.audience, i.red_agency
  FROM base.incident AS i LEFT JOIN base.kind_limit AS k ON k.kind = i.kind
  CROSS JOIN LATERAL (
    SELECT array_agg(b.code ORDER BY b.code) AS codes, bit_or(tripoint.country_bits(b.countries)) AS countries
    FROM base.border AS b WHERE b.code = i.border OR b.countries <@ i.candidates
  ) AS b
  WHERE i.id = ANY (ids) AND i.kind = 'distress' AND i.state <> 'cancelled'
  ON CONFLICT (incident) DO UPDATE SET nature = excluded.nature, occurred_at = excluded.occurred_at,
    point = excluded.point, horizontal_accuracy_m = excluded.horizontal_accuracy_m,
    in_need_best = excluded.in_need_best, in_need_low = excluded.in_need_low, in_need_high = excluded.in_need_high,
    borders = excluded.borders, audience = excluded.audience, incident_audience = excluded.incident_audience,
    incident_red_agency = excluded.incident_red_agency;
END $$;
COMMENT ON FUNCTION base.note_distress IS 'Keeps the notices of those of the incidents that are distress: place, number of people and clock, without anything else of the incident. Its label limits who sees the incident, not who helps.';

-- Test: test/coordination/distress.test.ts, test/incidents/left-rows.test.ts
CREATE OR REPLACE FUNCTION base.alert_rescue(ids uuid[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  WITH scope AS MATERIALIZED (
    SELECT DISTINCT s.agency, s.country, s.border FROM base.rescue_scopes() AS s
  )
  INSERT INTO base.alert (agency, country, trigger, incident, notice, nature, kind, severity, certainty, occurred_at,
    point, horizontal_accuracy_m, border, border_km, due_at)
  SELECT r.agency, r.country, 'distress', i.id, n.id, i.nature, i.kind, CASE WHEN r.sees THEN i.severity END,
    CASE WHEN r.sees THEN i.certainty END, i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km,
    n.assistance_due_at
  FROM base.incident AS i JOIN base.distress_notice AS n ON n.incident = i.id
  CROSS JOIN LATERAL (
    SELECT DISTINCT s.agency, s.country, base.may_see(i.audience, i.red_agency, s.agency, s.country) AS sees
    FROM scope AS s
    WHERE s.border = ANY (n.borders) AND tripoint.country_bits(ARRAY[s.country]) & n.audience <> 0
  ) AS r
  WHERE i.id = ANY (ids) AND i.state <> 'closed' AND n.assistance_due_at IS NOT NULL AND n.assisted_at IS NULL
  ON CONFLICT (notice, agency) WHERE trigger = 'distress' DO NOTHING;
END $$;
COMMENT ON FUNCTION base.alert_rescue IS 'Alerts the rescue bodies of both countries at the border of each incident, each once for a notice, with or without a subscription.';

-- Test: test/release/distress.test.ts
CREATE OR REPLACE FUNCTION base.settle_rescue_alerts(i base.incident) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE base.alert AS a SET is_withdrawn = NOT w.knows, severity = CASE WHEN w.sees THEN a.severity END,
    certainty = CASE WHEN w.sees THEN a.certainty END
  FROM (
    SELECT t.id, v.sees, v.sees OR EXISTS (
        SELECT 1 FROM base.distress_notice AS n JOIN base.rescue_scopes() AS s ON s.border = ANY (n.borders)
        WHERE n.id = t.notice AND s.agency = t.agency AND tripoint.country_bits(ARRAY[t.country]) & n.audience <> 0
      ) AS knows
    FROM base.alert AS t
    CROSS JOIN LATERAL (SELECT base.may_see(i.audience, i.red_agency, t.agency, t.country) AS sees) AS v
    WHERE t.incident = i.id AND t.trigger = 'distress'
  ) AS w
  WHERE a.id = w.id AND (a.is_withdrawn = w.knows OR NOT w.sees AND a.severity IS NOT NULL);
END $$;
COMMENT ON FUNCTION base.settle_rescue_alerts IS 'Withdraws alerts from agencies that may see neither the notice nor the incident any more, and takes severity and certainty out where only the notice is visible.';

-- Test: test/coordination/distress.test.ts, test/release/distress.test.ts
CREATE OR REPLACE FUNCTION base.keep_notice(was base.incident, i base.incident) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF i.kind = 'distress' AND i.state <> 'cancelled' THEN PERFORM base.note_distress(ARRAY[i.id]);
  ELSE DELETE FROM base.distress_notice WHERE incident = i.id;
  END IF;
  -- opened again: help is needed again
  IF was.state = 'closed' AND i.state <> 'closed' THEN
    UPDATE base.distress_notice SET assisted_at = NULL, assistance_due_at = i.updated_at + base.assist_within()
    WHERE incident = i.id;
    UPDATE base.alert SET at = i.updated_at, due_at = i.updated_at + base.assist_within(), acknowledged_at = NULL,
      triggers = ARRAY[trigger], subscriptions = ARRAY[subscription], writes = ARRAY[pg_current_xact_id()]
    WHERE incident = i.id AND trigger = 'distress';
  END IF;
  PERFORM base.settle_rescue_alerts(i);
  PERFORM base.alert_rescue(ARRAY[i.id]);
END $$;
COMMENT ON FUNCTION base.keep_notice IS 'Adds or updates the notice of a changed distress incident, or deletes it when the incident is cancelled or becomes another kind.';
