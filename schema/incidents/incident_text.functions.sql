-- Twin: INCIDENT_SHAPE in src/features/incidents/incident.text.sql.ts, compared by test/incidents/kept-texts.test.ts
CREATE OR REPLACE FUNCTION base.incident_shape() RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 1::smallint
$$;
COMMENT ON FUNCTION base.incident_shape IS 'Version of the texts that base.write_incident_texts makes. A change of them is a new one.';

-- Twin: nestedProperties in src/features/incidents/incident.fields.sql.ts, compared by test/database/documented.test.ts
-- Twin: incidentCollection in src/features/incidents/incident.collection.sql.ts, compared by test/database/documented.test.ts
-- One plan for all numbers of ids: to plan it for each costs ten times as much as it takes.
CREATE OR REPLACE FUNCTION base.write_incident_texts(ids uuid[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO base.incident_text AS t (id, shape, audience, red_agency, nested, flat)
  SELECT i.id, base.incident_shape(), i.audience, i.red_agency,
    left((SELECT row_to_json(n) FROM (
      SELECT i.kind, i.severity, i.certainty, i.nature, i.state,
             tripoint.utc(i.occurred_at) AS "occurredAt", tripoint.utc(i.occurred_until) AS "occurredUntil",
             tripoint.utc(i.reported_at) AS "reportedAt", tripoint.utc(i.updated_at) AS "updatedAt",
             i.horizontal_accuracy_m AS "horizontalAccuracyMetres", i.place_text AS "placeText", i.description,
             CASE WHEN coalesce(i.counts_best, i.counts_low, i.counts_high) IS NOT NULL THEN json_strip_nulls(
               json_build_object('best', i.counts_best, 'low', i.counts_low, 'high', i.counts_high)) END AS counts,
             i.source, i.external_id AS "externalId", i.owner, i.agency, i.tlp, i.releasable_to AS "releasableTo",
             i.revision, i.country, i.candidates, i.border, i.segment, round(i.border_km::numeric, 3) AS "borderKm",
             round(i.distance_to_border_m::numeric, 1) AS "distanceToBorderMetres", i.access_note AS "accessNote"
    ) AS n)::text, -1),
    (SELECT row_to_json(f) FROM (
      SELECT i.kind, i.severity, i.certainty, i.nature, i.state,
             tripoint.utc(i.occurred_at) AS "occurredAt", tripoint.utc(i.occurred_until) AS "occurredUntil",
             i.place_text AS "placeText", i.description, i.counts_best AS "countsBest", i.counts_low AS "countsLow",
             i.counts_high AS "countsHigh", i.horizontal_accuracy_m AS "horizontalAccuracyMetres",
             i.source, i.external_id AS "externalId", i.tlp,
             nullif(array_to_string(i.releasable_to, ','), '') AS "releasableTo", i.owner, i.agency, i.country,
             nullif(array_to_string(i.candidates, ','), '') AS candidates, i.border, i.segment,
             round(i.border_km::numeric, 3) AS "borderKm",
             round(i.distance_to_border_m::numeric, 1) AS "distanceToBorderMetres",
             tripoint.utc(i.reported_at) AS "reportedAt", tripoint.utc(i.updated_at) AS "updatedAt", i.revision,
             i.access_note AS "accessNote"
    ) AS f)::text
  FROM base.incident AS i WHERE i.id = ANY (ids)
  ON CONFLICT (id) DO UPDATE SET shape = EXCLUDED.shape, audience = EXCLUDED.audience, red_agency = EXCLUDED.red_agency,
    nested = EXCLUDED.nested, flat = EXCLUDED.flat;
END $$;
COMMENT ON FUNCTION base.write_incident_texts IS 'Makes the texts of these incidents as they are now. Who calls it has locked their rows, so that no older text comes after a newer one.';

-- Test: test/incidents/kept-texts.test.ts
CREATE OR REPLACE FUNCTION tripoint.renew_incident_texts(most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  reached uuid;
  chosen uuid[];
  locked uuid[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(tripoint.lock_number('renewing')) THEN RETURN 0; END IF;
  SELECT CASE WHEN r.shape = base.incident_shape() THEN r.last_id ELSE '00000000-0000-0000-0000-000000000000' END
  INTO reached FROM base.incident_text_renewal AS r;
  IF reached IS NULL THEN RETURN 0; END IF;
  chosen := ARRAY(SELECT i.id FROM base.incident AS i WHERE i.id > reached ORDER BY i.id LIMIT most);
  -- waits for nobody: a writer of many rows in another order would wait for this function, too
  locked := ARRAY(SELECT i.id FROM base.incident AS i WHERE i.id = ANY (chosen) FOR SHARE SKIP LOCKED);
  PERFORM base.write_incident_texts(ARRAY(
    SELECT l.id FROM unnest(locked) AS l (id)
    WHERE NOT EXISTS (SELECT 1 FROM base.incident_text AS t WHERE t.id = l.id AND t.shape = base.incident_shape())));
  -- up to the first row that somebody else is writing
  chosen := ARRAY(SELECT c.id FROM unnest(chosen) AS c (id)
    WHERE c.id < ALL (SELECT unnest(chosen) EXCEPT SELECT unnest(locked)) ORDER BY c.id);
  UPDATE base.incident_text_renewal SET shape = base.incident_shape(),
    last_id = CASE WHEN EXISTS (SELECT 1 FROM base.incident AS i WHERE i.id > reached)
      THEN coalesce(chosen[cardinality(chosen)], reached) END;
  RETURN cardinality(chosen);
END $$;
COMMENT ON FUNCTION tripoint.renew_incident_texts IS 'Makes at most so many texts of incidents that have none of the present shape, and returns how many incidents it has passed; 0: all are made, another process makes them, or the next row is being written.';
REVOKE EXECUTE ON FUNCTION tripoint.renew_incident_texts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripoint.renew_incident_texts TO tripoint_service;
