CREATE OR REPLACE FUNCTION base.severity_rank(severity text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(ARRAY['minor', 'moderate', 'severe', 'extreme'], severity)
$$;

CREATE OR REPLACE FUNCTION base.is_shown_for(z base.zone, s base.subscription) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT z.shown_during @> statement_timestamp()
    AND tripoint.is_shown(z.audience, z.shown_to, z.red_agency, z.country, s.bits, s.agency)
$$;
COMMENT ON FUNCTION base.is_shown_for IS 'What the view tripoint.zone shows, for the agency of a subscription.';

CREATE OR REPLACE FUNCTION base.is_in_force_for(z base.zone, s base.subscription) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT base.is_shown_for(z, s) AND tripoint.zone_state(z.proposed_at, z.agreed_at, z.starts_at, z.valid_to,
    z.suspended_at, z.withdrawn_at, z.replaced_at, statement_timestamp()) = 'active'
$$;

CREATE OR REPLACE FUNCTION base.is_asked_for(s base.subscription, i base.incident) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (s.kinds IS NULL OR i.kind = ANY (s.kinds)) AND i.nature = ANY (s.natures)
    AND (s.minimum_severity IS NULL
      OR base.severity_rank(i.severity) >= base.severity_rank(s.minimum_severity))
$$;
COMMENT ON FUNCTION base.is_asked_for IS 'Whether a subscription asks for what happened, wherever it was.';

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
    OFFSET 0 -- or the distance would be worked out for each subscription
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
    OFFSET 0 -- or the distance would be worked out for each subscription
  ) AS g
  JOIN base.subscription AS s ON s.crossing = g.id AND s.within_m >= g.distance_m AND s.enabled
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
  UNION ALL
  SELECT s.id, i.id FROM base.incident AS i JOIN base.subscription AS s
    ON s.enabled AND num_nonnulls(s.zone, s.segment, s.crossing, s.filter) = 0
  WHERE i.id = ANY (incidents) AND tripoint.sees(i.audience, i.red_agency, s.bits, s.agency)
$$;
COMMENT ON FUNCTION base.subscriptions_at IS 'Where incidents are that the agency sees; filters are asked by the service.';

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
COMMENT ON FUNCTION base.has_left IS 'Of one that is outside: whether it is so far outside that it is no trembling at the edge.';

CREATE OR REPLACE FUNCTION base.subscriptions_of(incident base.incident) RETURNS SETOF base.subscription
LANGUAGE sql STABLE AS $$
  SELECT s.* FROM base.subscription AS s
  WHERE s.enabled AND base.is_asked_for(s, incident) AND (
    s.id IN (SELECT l.subscription FROM base.subscriptions_at(ARRAY[incident.id]) AS l)
    OR (s.filter IS NOT NULL AND tripoint.sees(incident.audience, incident.red_agency, s.bits, s.agency) AND EXISTS (
      SELECT 1 FROM base.subscription_match AS m WHERE m.incident = incident.id AND m.subscription = s.id)))
$$;
COMMENT ON FUNCTION base.subscriptions_of IS 'Those that an incident matches, of agencies that see it; filters as they were last asked.';
