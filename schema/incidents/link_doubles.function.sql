-- Who sees both incidents of a pair: the countries without the public, or the agency of a RED one.
CREATE OR REPLACE FUNCTION base.double_viewers(one base.incident, other base.incident, OUT audience int, OUT red_agency text, OUT concern int)
LANGUAGE sql STABLE AS $$
  SELECT one.audience & other.audience & 14, r.agency,
    tripoint.country_bits(ARRAY[one.owner, other.owner]) & (one.audience & other.audience | coalesce(tripoint.country_bits(ARRAY[r.owner]), 0))
  FROM (VALUES (1)) AS always (there) LEFT JOIN LATERAL (
    SELECT x.agency, x.owner FROM (VALUES (one.red_agency, one.owner, other.audience), (other.red_agency, other.owner, one.audience))
      AS x (agency, owner, audience)
    WHERE x.agency IS NOT NULL AND tripoint.country_bits(ARRAY[x.owner]) & x.audience <> 0
  ) AS r ON true
$$;
COMMENT ON FUNCTION base.double_viewers IS 'Who sees both incidents of a pair, and the owners among them.';

-- Written out where it is called, so that the indexes of places and of periods serve it.
-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.is_double(one base.incident, other base.incident) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT one.owner <> other.owner AND one.kind = other.kind AND one.nature = other.nature
    AND one.state <> 'cancelled' AND other.state <> 'cancelled'
    AND one.period && tstzrange(lower(other.period) - interval '6 hours', upper(other.period) + interval '6 hours', '[]')
    AND base.reach(one.point, one.horizontal_accuracy_m) && base.reach(other.point, other.horizontal_accuracy_m)
    AND ST_DWithin(one.geog, other.geog, one.horizontal_accuracy_m + other.horizontal_accuracy_m)
$$;
COMMENT ON FUNCTION base.is_double IS 'Whether two countries probably reported one event: same kind and nature, at most six hours apart, circles of error that touch.';

-- At most 20 of each class of incidents that the same readers see: many reports of one place must not make millions of pairs,
-- and an incident that a reader does not see must not push out one that it sees.
CREATE OR REPLACE FUNCTION base.doubles_of(ids uuid[]) RETURNS TABLE (earlier uuid, later uuid)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT CASE WHEN n.is_first THEN n.id ELSE n.other END, CASE WHEN n.is_first THEN n.other ELSE n.id END
  FROM (
    SELECT i.id, o.id AS other, (i.reported_at, i.id) < (o.reported_at, o.id) AS is_first,
      row_number() OVER (PARTITION BY i.id, o.owner, o.audience, o.red_agency ORDER BY ST_Distance(o.geog, i.geog), o.id) AS place
    FROM base.incident AS i JOIN base.incident AS o ON base.is_double(o, i)
    WHERE i.id = ANY (ids)
  ) AS n WHERE n.place <= 20
$$;
COMMENT ON FUNCTION base.doubles_of IS 'The pairs that these incidents are in.';

-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION tripoint.link_doubles(most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  chosen bigint[];
  ids uuid[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(tripoint.lock_number('linking')) THEN RETURN 0; END IF;
  -- before the incidents are read: one that changes meanwhile has a row of its own in the queue
  WITH gone AS (
    DELETE FROM base.double_queue AS q WHERE q.n IN (SELECT f.n FROM base.double_queue AS f ORDER BY f.n LIMIT most)
    RETURNING q.n, q.incident
  )
  SELECT array_agg(g.n), array_agg(DISTINCT g.incident) INTO chosen, ids FROM gone AS g;
  IF chosen IS NULL THEN RETURN 0; END IF;
  INSERT INTO base.incident_double (earlier, later, earlier_owner, later_owner, audience, red_agency, concern)
  SELECT e.id, l.id, e.owner, l.owner, v.audience, v.red_agency, v.concern
  FROM base.doubles_of(ids) AS f
  JOIN base.incident AS e ON e.id = f.earlier JOIN base.incident AS l ON l.id = f.later
  CROSS JOIN LATERAL base.double_viewers(e, l) AS v
  ON CONFLICT DO NOTHING;
  -- what somebody decided stays
  DELETE FROM base.incident_double AS d USING base.incident AS e, base.incident AS l
  WHERE (d.earlier = ANY (ids) OR d.later = ANY (ids)) AND e.id = d.earlier AND l.id = d.later AND NOT base.is_double(e, l)
    AND NOT EXISTS (SELECT 1 FROM base.double_decision AS c WHERE c.earlier = d.earlier AND c.later = d.later);
  UPDATE base.incident_double AS d SET audience = v.audience, red_agency = v.red_agency, concern = v.concern
  FROM base.incident AS e, base.incident AS l, LATERAL base.double_viewers(e, l) AS v
  WHERE (d.earlier = ANY (ids) OR d.later = ANY (ids)) AND e.id = d.earlier AND l.id = d.later
    AND (d.audience, d.red_agency, d.concern) IS DISTINCT FROM (v.audience, v.red_agency, v.concern);
  RETURN cardinality(chosen);
END $$;
COMMENT ON FUNCTION tripoint.link_doubles IS 'Looks for the pairs of at most so many incidents that were written, and returns their number; 0 while another process does it. After the write, not in it: its time would tell whether there is a pair.';
REVOKE EXECUTE ON FUNCTION tripoint.link_doubles FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.link_doubles TO tripoint_service;
