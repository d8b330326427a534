-- Test: test/exchange/slow-filters.test.ts
CREATE OR REPLACE FUNCTION base.suspend_subscription(of_subscription uuid, of_revision int, took_ms int, incidents uuid[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  s base.subscription;
BEGIN
  UPDATE base.subscription AS r
  SET enabled = false, suspended_at = clock_timestamp(), suspended_ms = took_ms, suspended_incidents = cardinality(incidents)
  WHERE r.id = of_subscription AND r.revision = of_revision AND r.enabled
  RETURNING r.* INTO s;
  IF s.id IS NULL THEN RETURN false; END IF;
  INSERT INTO base.alert (agency, country, trigger, subscription, incident, nature, kind, severity, certainty,
    occurred_at, point, horizontal_accuracy_m, border, border_km)
  SELECT s.agency, s.country, 'suspended', s.id, i.id, i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point,
    i.horizontal_accuracy_m, i.border, i.border_km
  FROM base.incident AS i
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
  ORDER BY i.id DESC LIMIT 1
  -- a label that narrows meanwhile would not withdraw the alert
  FOR SHARE;
  RETURN true;
END $$;
COMMENT ON FUNCTION base.suspend_subscription IS 'Disables a subscription whose filter is too costly, and alerts its agency of that with the newest incident that the filter ran for. False if it was changed meanwhile.';
REVOKE EXECUTE ON FUNCTION base.suspend_subscription FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.suspend_subscription TO tripoint_alerter;
