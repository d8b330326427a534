-- Test: test/exchange/alert-overdue.test.ts, test/coordination/acknowledgements.test.ts
CREATE OR REPLACE FUNCTION base.fire_overdue(most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  fired base.incident_due[];
BEGIN
  WITH due AS (
    SELECT d.incident FROM base.incident_due AS d WHERE d.due_at <= clock_timestamp()
    ORDER BY d.due_at LIMIT most FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM base.incident_due AS d USING due WHERE d.incident = due.incident RETURNING d.incident, d.due_at
  )
  SELECT array_agg(ROW(g.incident, g.due_at)::base.incident_due) INTO fired FROM gone AS g;
  IF fired IS NULL THEN RETURN 0; END IF;

  -- subscribers, and the reporting agency and holders of primary mandates, subscribed or not: one alert each
  INSERT INTO base.alert (agency, country, trigger, subscription, triggers, subscriptions, incident, nature, kind, severity,
    certainty, occurred_at, point, horizontal_accuracy_m, border, border_km, due_at)
  SELECT t.agency, t.country, 'overdue', t.subscriptions[1], array_fill('overdue'::text, ARRAY[cardinality(t.subscriptions)]),
    t.subscriptions, i.id, i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point, i.horizontal_accuracy_m,
    i.border, i.border_km, f.due_at
  FROM unnest(fired) AS f JOIN base.incident AS i ON i.id = f.incident
  CROSS JOIN LATERAL (
    SELECT a.agency, a.country,
      coalesce(array_agg(a.subscription ORDER BY a.subscription) FILTER (WHERE a.subscription IS NOT NULL), '{NULL}') AS subscriptions
    FROM (
      SELECT s.agency, s.country, s.id AS subscription FROM base.subscriptions_of(i) AS s
      WHERE s.enabled AND 'overdue' = ANY (s.triggers)
      UNION ALL SELECT i.agency, i.owner, NULL
      UNION ALL SELECT m.agency, m.country, NULL FROM base.mandates_at(i) AS m WHERE m.rank = 'primary'
    ) AS a GROUP BY a.agency, a.country
  ) AS t
  WHERE base.may_see(i.audience, i.red_agency, t.agency, t.country);
  RETURN cardinality(fired);
END $$;
COMMENT ON FUNCTION base.fire_overdue IS 'Raises alerts for at most so many incidents that no agency has acknowledged in time.';
REVOKE EXECUTE ON FUNCTION base.fire_overdue FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.fire_overdue TO tripoint_watch;
