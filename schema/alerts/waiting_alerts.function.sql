CREATE OR REPLACE FUNCTION base.waiting_alerts(most int) RETURNS TABLE (numbers text[], incidents uuid[], filters json)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT array_agg(q.n::text), array_agg(DISTINCT q.incident) INTO numbers, incidents
  FROM (SELECT q.n, q.incident FROM base.alert_queue AS q ORDER BY q.n LIMIT most) AS q;
  IF numbers IS NULL THEN RETURN; END IF;
  SELECT json_agg(json_build_object('id', f.id, 'revision', f.revision, 'filter', f.filter, 'country', f.country,
    'agency', CASE WHEN f.sees_red THEN f.agency END)) INTO filters
  FROM (
    SELECT s.id, s.revision, s.filter, s.country, s.agency, bool_or(coalesce(i.red_agency = s.agency, false)) AS sees_red
    FROM base.subscription AS s JOIN base.incident AS i ON i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
    WHERE s.enabled AND s.filter IS NOT NULL AND (base.is_asked_for(s, i) OR EXISTS (
      SELECT 1 FROM base.subscription_match AS m WHERE m.incident = i.id AND m.subscription = s.id))
    GROUP BY s.id) AS f;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION base.waiting_alerts IS 'The oldest queued writes, their incidents, and the filters that the service has to run for them.';
REVOKE EXECUTE ON FUNCTION base.waiting_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.waiting_alerts TO tripoint_alerter;
