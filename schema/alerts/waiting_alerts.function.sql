-- Test: test/exchange/slow-filters.test.ts
CREATE OR REPLACE FUNCTION base.waiting_alerts(most int, apart text DEFAULT NULL)
RETURNS TABLE (numbers text[], incidents uuid[], filters json, late text[])
-- one plan for all calls: planning takes longer than the call
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF apart IS NULL THEN
    SELECT array_agg(q.n::text), array_agg(DISTINCT q.incident) INTO numbers, incidents
    FROM (SELECT q.n, q.incident FROM base.alert_queue AS q WHERE q.agency IS NULL ORDER BY q.n LIMIT most) AS q;
  ELSE
    SELECT array_agg(q.n::text), array_agg(DISTINCT q.incident) INTO numbers, incidents
    FROM (SELECT q.n, q.incident FROM base.alert_queue AS q WHERE q.agency = apart ORDER BY q.n LIMIT most) AS q;
  END IF;
  -- with 0 it goes on, to make its plans
  IF numbers IS NULL AND most > 0 THEN RETURN; END IF;
  -- their filters see the writes in order, so they have to be through with the earlier ones first
  late := ARRAY(
    SELECT DISTINCT q.agency FROM base.alert_queue AS q WHERE q.agency IS NOT NULL AND apart IS NULL AND EXISTS (
      SELECT FROM base.subscription AS s WHERE s.agency = q.agency AND s.enabled AND s.filter IS NOT NULL));
  SELECT json_agg(json_build_object('id', f.id, 'revision', f.revision, 'filter', f.filter, 'country', f.country,
    'agency', f.agency, 'seesRed', f.sees_red)) INTO filters
  FROM (
    SELECT s.id, s.revision, s.filter, s.country, s.agency, bool_or(coalesce(i.red_agency = s.agency, false)) AS sees_red
    FROM base.subscription AS s JOIN base.incident AS i ON i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
    WHERE s.enabled AND s.filter IS NOT NULL AND CASE WHEN apart IS NULL THEN s.agency <> ALL (late) ELSE s.agency = apart END
      AND (base.is_asked_for(s, i) OR EXISTS (
        SELECT 1 FROM base.subscription_match AS m WHERE m.incident = i.id AND m.subscription = s.id))
    GROUP BY s.id) AS f;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION base.waiting_alerts IS 'The oldest queued writes, their incidents, and the filters that the service has to run for them: of all agencies but the late ones, or of one agency that is evaluated apart. At most 0: it only makes its plans.';
REVOKE EXECUTE ON FUNCTION base.waiting_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.waiting_alerts TO tripoint_alerter;

CREATE OR REPLACE FUNCTION base.agencies_apart() RETURNS TABLE (agency text, behind_ms int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT q.agency, least(extract(epoch FROM clock_timestamp() - min(q.at)) * 1000, 1e9)::int
  FROM base.alert_queue AS q WHERE q.agency IS NOT NULL GROUP BY q.agency ORDER BY 1
$$;
COMMENT ON FUNCTION base.agencies_apart IS 'Agencies whose filters are evaluated apart, and how far they are behind.';
REVOKE EXECUTE ON FUNCTION base.agencies_apart FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.agencies_apart TO tripoint_alerter;
