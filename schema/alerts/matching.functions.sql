-- Twin: SEVERITIES in src/features/incidents/incident.vocabulary.ts, compared by test/database/twins.test.ts.
CREATE OR REPLACE FUNCTION base.severity_rank(severity text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(ARRAY['minor', 'moderate', 'severe', 'extreme'], severity)
$$;
COMMENT ON FUNCTION base.severity_rank IS 'Severities in order, so that a subscription can ask for a minimum.';

CREATE OR REPLACE FUNCTION base.is_shown_for(z base.zone, s base.subscription) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT z.shown_during @> statement_timestamp()
    AND tripoint.is_shown(z.audience, z.shown_to, z.red_agency, z.country, s.bits, s.agency)
$$;
COMMENT ON FUNCTION base.is_shown_for IS 'Whether the view tripoint.zone shows this row to the agency of a subscription.';

CREATE OR REPLACE FUNCTION base.is_in_force_for(z base.zone, s base.subscription) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT base.is_shown_for(z, s) AND tripoint.zone_state(z.proposed_at, z.agreed_at, z.starts_at, z.valid_to,
    z.suspended_at, z.withdrawn_at, z.replaced_at, statement_timestamp()) = 'active'
$$;
COMMENT ON FUNCTION base.is_in_force_for IS 'Whether the agency of a subscription is shown this zone and the zone is active.';

CREATE OR REPLACE FUNCTION base.is_asked_for(s base.subscription, i base.incident) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (s.kinds IS NULL OR i.kind = ANY (s.kinds)) AND i.nature = ANY (s.natures)
    AND (s.minimum_severity IS NULL
      OR base.severity_rank(i.severity) >= base.severity_rank(s.minimum_severity))
$$;
COMMENT ON FUNCTION base.is_asked_for IS 'Whether kind, nature and severity of an incident match a subscription, wherever it happened.';

CREATE OR REPLACE FUNCTION base.subscriptions_at(incidents uuid[]) RETURNS TABLE (subscription uuid, incident uuid)
LANGUAGE sql STABLE AS $$
  SELECT s.id, i.id
  FROM base.incident AS i
  JOIN base.incident_zone AS m ON m.incident = i.id AND m.relation <> 'possible'
  JOIN base.zone AS z ON z.id = m.zone AND z.revision = m.revision
  JOIN base.subscription AS s ON s.zone = m.zone AND s.enabled
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency) AND base.is_in_force_for(z, s)
  UNION ALL
  SELECT s.id, i.id
  FROM base.incident AS i
  CROSS JOIN LATERAL (
    SELECT g.id, ST_Distance(g.geog, i.geog) AS distance_m FROM base.segment AS g
    WHERE ST_DWithin(g.geog, i.geog, (
      SELECT max(r.within_m) FROM base.subscription AS r WHERE r.enabled AND r.segment IS NOT NULL))
    OFFSET 0 -- otherwise the distance is worked out for each subscription
  ) AS g
  JOIN base.subscription AS s ON s.segment = g.id AND s.within_m >= g.distance_m AND s.enabled
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
  UNION ALL
  SELECT s.id, i.id
  FROM base.incident AS i
  CROSS JOIN LATERAL (
    SELECT g.id, ST_Distance(g.geog, i.geog) AS distance_m FROM base.crossing AS g
    WHERE ST_DWithin(g.geog, i.geog, (
      SELECT max(r.within_m) FROM base.subscription AS r WHERE r.enabled AND r.crossing IS NOT NULL))
    OFFSET 0 -- otherwise the distance is worked out for each subscription
  ) AS g
  JOIN base.subscription AS s ON s.crossing = g.id AND s.within_m >= g.distance_m AND s.enabled
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
  UNION ALL
  SELECT s.id, i.id FROM base.incident AS i JOIN base.subscription AS s
    ON s.enabled AND num_nonnulls(s.zone, s.segment, s.crossing, s.filter) = 0
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
$$;
COMMENT ON FUNCTION base.subscriptions_at IS 'Pairs of an incident and a subscription whose place it lies in and whose agency sees it. Subscriptions with a filter are missing: the service compiles and runs filters.';

CREATE OR REPLACE FUNCTION base.was_at(s base.subscription, point geometry) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN s.zone IS NOT NULL THEN EXISTS (SELECT 1 FROM base.zone AS z
      WHERE z.id = s.zone AND base.is_shown_for(z, s) AND ST_Intersects(z.area, point))
    WHEN s.segment IS NOT NULL THEN EXISTS (SELECT 1 FROM base.segment AS g
      WHERE g.id = s.segment AND ST_DWithin(g.geog, point::geography, s.within_m))
    WHEN s.crossing IS NOT NULL THEN EXISTS (SELECT 1 FROM base.crossing AS g
      WHERE g.id = s.crossing AND ST_DWithin(g.geog, point::geography, s.within_m))
    ELSE true END
$$;
COMMENT ON FUNCTION base.was_at IS 'Whether an earlier position of an incident lay in the place of a subscription.';

CREATE OR REPLACE FUNCTION base.has_left(s base.subscription, i base.incident, clear_m double precision) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN s.zone IS NOT NULL THEN EXISTS (SELECT 1 FROM base.zone AS z
      WHERE z.id = s.zone AND base.is_in_force_for(z, s) AND NOT EXISTS (
        SELECT 1 FROM base.zone_edge AS e WHERE e.zone = z.id AND e.revision = z.revision
          AND e.line && base.reach(i.point, clear_m) AND ST_DWithin(e.geog, i.geog, clear_m)))
    WHEN s.segment IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM base.segment AS g
      WHERE g.id = s.segment AND ST_DWithin(g.geog, i.geog, s.within_m + clear_m))
    WHEN s.crossing IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM base.crossing AS g
      WHERE g.id = s.crossing AND ST_DWithin(g.geog, i.geog, s.within_m + clear_m))
    ELSE s.filter IS NOT NULL END
$$;
COMMENT ON FUNCTION base.has_left IS 'Whether an incident lies so far outside that small moves at the edge do not count as leaving (hysteresis).';

CREATE OR REPLACE FUNCTION base.subscriptions_of(incident base.incident) RETURNS SETOF base.subscription
LANGUAGE sql STABLE AS $$
  SELECT s.* FROM base.subscription AS s
  WHERE s.enabled AND base.is_asked_for(s, incident) AND (
    s.id IN (SELECT l.subscription FROM base.subscriptions_at(ARRAY[incident.id]) AS l)
    OR (s.filter IS NOT NULL AND tripoint.sees(incident.audience, incident.red_agency, s.bits, s.agency) AND EXISTS (
      SELECT 1 FROM base.subscription_match AS m WHERE m.incident = incident.id AND m.subscription = s.id)))
$$;
COMMENT ON FUNCTION base.subscriptions_of IS 'Subscriptions that match an incident and whose agency sees it; filters with their last result.';
