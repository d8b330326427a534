CREATE OR REPLACE FUNCTION base.borders_of(features jsonb) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT coalesce(CASE f.e ->> 'collection' WHEN 'borders' THEN f.e ->> 'id' END,
      (SELECT s.border FROM base.segment AS s WHERE s.id = f.e ->> 'id'), left(f.e ->> 'id', 7))
    FROM jsonb_array_elements(features) AS f (e) WHERE f.e ->> 'collection' IN ('borders', 'segments'))
$$;
COMMENT ON FUNCTION base.borders_of IS 'The borders whose line or segments a correction names.';

-- Writers of incidents wait until the end: a place worked out meanwhile would be that on the old line. Readers go on.
-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.apply_correction(of_correction uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c base.correction;
  since timestamptz;
  edges base.border_edge[];
  borders text[];
BEGIN
  SELECT o.* INTO STRICT c FROM base.correction AS o WHERE o.id = of_correction FOR NO KEY UPDATE;
  IF c.applied_at IS NOT NULL THEN RETURN; END IF;
  borders := base.borders_of(c.features);
  IF borders <> '{}' THEN LOCK TABLE base.incident IN EXCLUSIVE MODE; END IF;
  since := coalesce(c.valid_from, clock_timestamp());
  edges := base.write_reference(c.id, since, c.source, c.features);
  IF base.is_overtaken(c) THEN
    PERFORM base.refuse_correction('correction-overtaken', jsonb_build_object('correction', c.id));
  END IF;
  IF borders <> '{}' THEN PERFORM base.move_incidents(edges, borders); END IF;
  UPDATE base.correction AS o SET valid_from = since, applied_at = clock_timestamp() WHERE o.id = c.id;
END $$;
COMMENT ON FUNCTION base.apply_correction IS 'Applies a correction in one transaction: reference data, its earlier versions, and the places of incidents.';

-- In parts: sessions keep plans of the triggers that suit few rows, and join them one by one.
CREATE OR REPLACE FUNCTION base.move_incidents(edges base.border_edge[], borders text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT array_agg(p.id) AS ids, array_agg(p.becomes) AS places
    FROM (
      SELECT a.id, a.becomes, (row_number() OVER () - 1) / 250 AS n
      FROM base.placed_again(edges, borders, as_caller => false) AS a
    ) AS p GROUP BY p.n
  LOOP
    UPDATE base.incident AS i SET country = p.country, candidates = p.candidates, border = p.border, segment = p.segment,
      border_km = p.border_km, distance_to_border_m = p.distance_m
    FROM unnest(part.ids, part.places) AS p (id, country, candidates, border, segment, border_km, distance_m, line_accuracy_m)
    WHERE i.id = p.id;
  END LOOP;
END $$;
COMMENT ON FUNCTION base.move_incidents IS 'Writes the places of incidents after a correction, 250 at a time.';

-- Test: test/reference/story.test.ts
CREATE OR REPLACE FUNCTION base.settle_reference(p base.joint_proposal) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF p.ended_at IS NULL AND p.agreed_at IS NOT NULL THEN
    PERFORM base.apply_correction(p.subject::uuid);
  ELSE
    UPDATE base.correction AS c SET closed_at = p.ended_at WHERE c.id = p.subject::uuid AND c.applied_at IS NULL;
  END IF;
END $$;
COMMENT ON FUNCTION base.settle_reference IS 'Applies a correction that all its countries have approved. A withdrawal after that changes nothing: another correction does.';

CREATE OR REPLACE FUNCTION base.is_overtaken(c base.correction) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM base.correction AS o WHERE o.touches && c.touches AND o.applied_at > c.created_at AND o.id <> c.id)
$$;
COMMENT ON FUNCTION base.is_overtaken IS 'Whether another correction of the same rows was applied after this one was proposed: its countries agreed to something else.';

CREATE OR REPLACE FUNCTION base.try_correction(c base.correction) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- no process reads again what is taken back
  PERFORM set_config('tripoint.tells', 'off', true);
  PERFORM base.write_reference(gen_random_uuid(), coalesce(c.valid_from, clock_timestamp()), c.source, c.features);
  RAISE EXCEPTION USING ERRCODE = 'TPEND';
EXCEPTION WHEN SQLSTATE 'TPEND' THEN NULL;
END $$;
COMMENT ON FUNCTION base.try_correction IS 'Refuses a correction that could not be applied. Everything written is taken back.';

-- Written and taken back: what is previewed is what would be written. Only incidents that the caller sees are placed, so that
-- neither the numbers nor the time say anything about others.
-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION tripoint.preview_correction(features jsonb, since timestamptz, default_source text)
RETURNS TABLE (difference jsonb, incidents jsonb, seen int[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  of_correction CONSTANT uuid := gen_random_uuid();
  edges base.border_edge[];
BEGIN
  BEGIN
    -- no process reads again what is taken back
    PERFORM set_config('tripoint.tells', 'off', true);
    edges := base.write_reference(of_correction, coalesce(since, clock_timestamp()), default_source, features);
    difference := tripoint.correction_difference(of_correction);
    SELECT jsonb_build_object('placedAgain', count(*),
        'otherCountry', count(*) FILTER (WHERE (p.was).country IS DISTINCT FROM (p.becomes).country),
        'otherSegment', count(*) FILTER (WHERE (p.was).segment IS DISTINCT FROM (p.becomes).segment),
        'otherChainage', count(*) FILTER (WHERE abs((p.was).border_km - (p.becomes).border_km) > 0.0005),
        'examples', coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'from', base.place_json(p.was), 'to', base.place_json(p.becomes))
          ORDER BY p.n) FILTER (WHERE p.n <= 20), '[]')),
      ARRAY[count(*) FILTER (WHERE p.concern > 0), count(*) FILTER (WHERE p.concern & 2 > 0), count(*) FILTER (WHERE p.concern & 4 > 0),
        count(*) FILTER (WHERE p.concern & 8 > 0)]::int[]
    INTO incidents, seen
    FROM (
      SELECT a.*, tripoint.concern(i.tlp, i.owner) AS concern, row_number() OVER (ORDER BY i.occurred_at DESC, i.id DESC) AS n
      FROM base.placed_again(edges, base.borders_of(features), as_caller => true) AS a JOIN base.incident AS i ON i.id = a.id
    ) AS p;
    RAISE EXCEPTION USING ERRCODE = 'TPEND';
  EXCEPTION WHEN SQLSTATE 'TPEND' THEN NULL;
  END;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION tripoint.preview_correction IS 'What a correction would change, and which incidents of those that the caller sees it would place again. Everything written is taken back.';
GRANT EXECUTE ON FUNCTION tripoint.preview_correction TO tripoint_service;

CREATE OR REPLACE FUNCTION base.place_json(p base.placement) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('country', p.country, 'border', p.border, 'segment', p.segment, 'borderKm', round(p.border_km::numeric, 3),
    'distanceToBorderMetres', round(p.distance_m::numeric, 1))
$$;
COMMENT ON FUNCTION base.place_json IS 'A place on the borders, as in the answer about an incident.';
