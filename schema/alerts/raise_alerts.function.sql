-- Test: test/exchange/alert-triggers.test.ts, test/exchange/alert-evaluators.test.ts, test/exchange/slow-filters.test.ts
CREATE OR REPLACE FUNCTION base.raise_alerts(
  numbers text[], asked uuid[], matching uuid[], matched uuid[], late text[] DEFAULT '{}'
) RETURNS int
-- one plan for all numbers of writes: PostgreSQL would plan at each call, four times as long as the call itself takes
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  claimed base.alert_queue[];
  ids uuid[];
  raised int;
  moment timestamptz := clock_timestamp();
  is_apart boolean;
BEGIN
  -- one process at a time: entering and leaving depend on the order
  IF NOT pg_try_advisory_xact_lock(tripoint.lock_number('alerting')) THEN RETURN NULL; END IF;
  -- Locked, because a label that narrows meanwhile would not withdraw these alerts. Incidents that others write at this
  -- moment are left to the next pass, so that nobody waits here.
  WITH free AS (
    SELECT i.id FROM base.incident AS i
    WHERE i.id IN (SELECT q.incident FROM base.alert_queue AS q WHERE q.n = ANY (numbers::bigint[]))
    FOR SHARE SKIP LOCKED
  )
  SELECT array_agg(f.id) INTO ids FROM free AS f;
  WITH gone AS (
    DELETE FROM base.alert_queue AS q
    WHERE q.n = ANY (numbers::bigint[]) AND (q.incident = ANY (ids)
      OR NOT EXISTS (SELECT 1 FROM base.incident AS i WHERE i.id = q.incident))
    RETURNING q AS note
  )
  SELECT array_agg(g.note) INTO claimed FROM gone AS g;
  -- without numbers it goes on, to make its plans
  IF claimed IS NULL AND numbers <> '{}' THEN RETURN 0; END IF;
  is_apart := claimed[1].agency IS NOT NULL;
  INSERT INTO base.alert_queue (at, incident, audience_before, red_before, point_before, closes, agency, xid)
  SELECT c.at, c.incident, c.audience_before, c.red_before, c.point_before, c.closes, l.agency, c.xid
  FROM unnest(claimed) AS c CROSS JOIN unnest(late) AS l (agency) WHERE NOT is_apart ORDER BY c.n;

  WITH located AS MATERIALIZED (
    SELECT l.subscription, l.incident FROM base.subscriptions_at(CASE WHEN is_apart THEN '{}' ELSE ids END) AS l
    UNION ALL
    SELECT s.id, i.id FROM unnest(matching, matched) AS f (subscription, incident)
    JOIN base.subscription AS s ON s.id = f.subscription AND s.enabled
    JOIN base.incident AS i ON i.id = f.incident AND i.id = ANY (ids)
    WHERE tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
  ), event AS (
    SELECT c.n, c.at, c.incident, c.audience_before, c.red_before, c.point_before, c.closes FROM unnest(claimed) AS c
  ), pair AS MATERIALIZED (
    SELECT l.subscription, l.incident,
      bool_or(v.is_news) AS is_news,
      bool_or(NOT v.is_news AND NOT e.closes) AS is_updated,
      bool_or(NOT v.is_news AND e.closes) AS is_closed,
      (array_agg(e.point_before ORDER BY e.n))[1] AS point_before
    FROM located AS l
    JOIN base.subscription AS s ON s.id = l.subscription
    JOIN base.incident AS i ON i.id = l.incident
    JOIN event AS e ON e.incident = l.incident AND e.at >= s.since
    CROSS JOIN LATERAL (SELECT (e.audience_before & s.bits) = 0 AND e.red_before IS DISTINCT FROM s.agency AS is_news) AS v
    WHERE base.is_asked_for(s, i)
    GROUP BY l.subscription, l.incident
  ), entered AS (
    INSERT INTO base.subscription_match AS m (subscription, incident, occurred_at)
    SELECT p.subscription, p.incident, i.occurred_at
    FROM pair AS p JOIN base.subscription AS s ON s.id = p.subscription JOIN base.incident AS i ON i.id = p.incident
    WHERE s.triggers && ARRAY['enter', 'leave', 'threshold'] OR ('overdue' = ANY (s.triggers) AND s.filter IS NOT NULL)
    ON CONFLICT DO NOTHING
    RETURNING m.subscription, m.incident, m.occurred_at
  ), gone AS (
    DELETE FROM base.subscription_match AS m USING base.subscription AS s, base.incident AS i
    WHERE m.incident = ANY (ids) AND s.id = m.subscription AND i.id = m.incident AND s.enabled AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
      AND (s.filter IS NULL AND NOT is_apart OR s.id = ANY (asked))
      AND NOT EXISTS (SELECT 1 FROM located AS l WHERE l.subscription = m.subscription AND l.incident = m.incident)
      AND base.has_left(s, i, greatest(s.hysteresis_m, i.horizontal_accuracy_m))
    RETURNING m.subscription, m.incident
  ), added AS (
    SELECT s.id AS subscription, count(*) AS n, (array_agg(e.incident ORDER BY e.occurred_at DESC, e.incident))[1] AS incident
    FROM entered AS e JOIN base.subscription AS s ON s.id = e.subscription
    WHERE e.occurred_at > now() - make_interval(mins => s.threshold_minutes)
    GROUP BY s.id
  ), reached AS (
    SELECT a.subscription, a.incident, (b.n + a.n)::int AS n
    FROM added AS a JOIN base.subscription AS s ON s.id = a.subscription
    CROSS JOIN LATERAL (
      -- matches from before this statement: it does not see its own
      SELECT count(*) AS n FROM base.subscription_match AS m JOIN base.incident AS i ON i.id = m.incident
      WHERE m.subscription = s.id AND m.occurred_at > now() - make_interval(mins => s.threshold_minutes)
        AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency) AND base.is_asked_for(s, i)
        AND NOT EXISTS (SELECT 1 FROM gone AS g WHERE g.subscription = m.subscription AND g.incident = m.incident)
    ) AS b
    WHERE b.n < s.threshold_incidents AND b.n + a.n >= s.threshold_incidents
  ), fired AS (
    SELECT p.subscription, p.incident, t.trigger, NULL::int AS n
    FROM pair AS p JOIN base.subscription AS s ON s.id = p.subscription JOIN base.incident AS i ON i.id = p.incident
    LEFT JOIN entered AS e ON e.subscription = p.subscription AND e.incident = p.incident
    CROSS JOIN LATERAL (VALUES
      -- an incident is new to a subscription once
      ('created', p.is_news AND NOT EXISTS (
        SELECT FROM base.alert AS a CROSS JOIN unnest(a.triggers, a.subscriptions) AS r (trigger, subscription)
        WHERE a.incident = p.incident AND r.trigger = 'created' AND r.subscription = p.subscription)),
      ('updated', p.is_updated AND NOT p.is_news),
      ('closed', p.is_closed AND NOT p.is_news),
      -- an incident that was inside before the subscription began has not entered
      ('enter', e.incident IS NOT NULL AND (p.is_news OR i.reported_at >= s.since OR NOT base.was_at(s, p.point_before)))
    ) AS t (trigger, holds)
    WHERE t.holds AND t.trigger = ANY (s.triggers)
    UNION ALL
    SELECT g.subscription, g.incident, 'leave', NULL FROM gone AS g JOIN base.subscription AS s ON s.id = g.subscription
    WHERE 'leave' = ANY (s.triggers)
    UNION ALL SELECT r.subscription, r.incident, 'threshold', r.n FROM reached AS r
  ), told AS MATERIALIZED (
    -- one alert of each agency for an incident, with all of its reasons
    SELECT s.agency, s.country, f.incident, max(f.n) AS n,
      array_agg(f.trigger ORDER BY k.rank, s.id) AS triggers, array_agg(s.id ORDER BY k.rank, s.id) AS subscriptions,
      (SELECT array_agg(DISTINCT c.xid) FROM unnest(claimed) AS c WHERE c.incident = f.incident) AS writes
    FROM fired AS f JOIN base.subscription AS s ON s.id = f.subscription
    CROSS JOIN LATERAL (
      SELECT array_position(ARRAY['created', 'enter', 'updated', 'threshold', 'leave', 'closed'], f.trigger) AS rank
    ) AS k
    GROUP BY s.agency, s.country, f.incident
  ), known AS (
    -- raised for the same write: distress at once, or by the filters of other agencies' rounds
    SELECT DISTINCT ON (a.agency, a.incident) a.id, a.agency, a.incident
    FROM told AS t JOIN base.alert AS a ON a.incident = t.incident AND a.agency = t.agency
    WHERE a.writes && t.writes AND a.acknowledged_at IS NULL AND NOT a.is_withdrawn
    ORDER BY a.agency, a.incident, a.at DESC
  ), extended AS (
    UPDATE base.alert AS a SET triggers = a.triggers || t.triggers, subscriptions = a.subscriptions || t.subscriptions,
      incident_count = coalesce(t.n, a.incident_count), writes = a.writes || t.writes
    FROM known AS k JOIN told AS t ON t.agency = k.agency AND t.incident = k.incident
    WHERE a.id = k.id
    RETURNING a.id
  ), raised_now AS (
    INSERT INTO base.alert (agency, country, trigger, subscription, triggers, subscriptions, writes, incident, nature, kind,
      severity, certainty, occurred_at, point, horizontal_accuracy_m, border, border_km, incident_count, at)
    SELECT t.agency, t.country, t.triggers[1], t.subscriptions[1], t.triggers, t.subscriptions, t.writes, i.id, i.nature,
      i.kind, i.severity, i.certainty, i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km, t.n,
      -- alerts keep this order, in webhooks too; some clocks have milliseconds only
      moment + interval '1 microsecond' * row_number() OVER (ORDER BY i.id, t.agency)
    FROM told AS t JOIN base.incident AS i ON i.id = t.incident
    WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.agency = t.agency AND k.incident = t.incident)
    RETURNING id
  )
  SELECT (SELECT count(*) FROM extended) + (SELECT count(*) FROM raised_now) INTO raised;
  RETURN raised;
END $$;
COMMENT ON FUNCTION base.raise_alerts IS 'Takes writes off the queue and writes the alerts for them in one transaction, so that each alert is raised exactly once. Without numbers it only makes its plans. A write of an incident raises one alert for an agency, with all triggers of all its subscriptions. For late agencies the writes are queued again, for their filters alone. NULL while another process does it.';
REVOKE EXECUTE ON FUNCTION base.raise_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.raise_alerts TO tripoint_alerter;
