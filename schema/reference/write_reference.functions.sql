-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.write_reference(of_correction uuid, since timestamptz, default_source text, features jsonb)
RETURNS base.border_edge[] LANGUAGE plpgsql AS $$
DECLARE
  edges base.border_edge[];
  moved text[];
  touched text[];
BEGIN
  -- one after the other: each is judged by the rows that the one before it left
  PERFORM pg_advisory_xact_lock(tripoint.lock_number('correcting'));
  -- the owner of the tables reads the views as everybody
  IF tripoint.viewer() IS NULL THEN PERFORM set_config('tripoint.viewer', '1', true); END IF;
  PERFORM set_config('tripoint.correction', of_correction::text, true), set_config('tripoint.corrected_from', since::text, true);
  edges := base.correct_borders(features, default_source);
  moved := ARRAY(SELECT v.id FROM base.reference_version AS v JOIN base.border AS b ON b.code = v.id
    WHERE v.collection = 'borders' AND v.ended_by = of_correction AND NOT ST_OrderingEquals(v.geometry, b.line));
  touched := base.correct_segments(features, default_source, moved);
  PERFORM base.correct_crossings(features, default_source, moved, touched);
  PERFORM base.correct_sides(features);
  PERFORM base.remove_segments(ARRAY(SELECT f.id FROM base.features_of(features, 'segments') AS f WHERE f.is_removed));
  PERFORM base.number_segments(touched, moved);
  PERFORM set_config('tripoint.correction', '', true), set_config('tripoint.corrected_from', '', true);
  IF NOT EXISTS (SELECT FROM base.correction_changes(of_correction)) THEN
    PERFORM base.refuse_correction('correction-changes-nothing', '{}');
  END IF;
  RETURN edges;
END $$;
COMMENT ON FUNCTION base.write_reference IS 'Writes the features of a correction, and answers the edges from before of borders that moved. The triggers of the tables keep the earlier versions and report the changes.';

CREATE OR REPLACE FUNCTION base.correction_changes(of_correction uuid)
RETURNS TABLE (collection text, id text, was jsonb, becomes jsonb, old_place geometry, new_place geometry)
LANGUAGE sql STABLE AS $$
  WITH made AS (
    SELECT 'borders' AS collection, b.code AS id, to_jsonb(b) AS content, b.line AS place FROM base.border AS b WHERE b.correction = of_correction
    UNION ALL SELECT 'segments', s.id, to_jsonb(s), s.line FROM base.segment AS s WHERE s.correction = of_correction
    UNION ALL SELECT 'crossings', c.id, to_jsonb(c), c.point FROM base.crossing AS c WHERE c.correction = of_correction
    UNION ALL SELECT 'sides', d.crossing || '/' || d.country, to_jsonb(d), NULL FROM base.crossing_side AS d WHERE d.correction = of_correction
    UNION ALL SELECT v.collection, v.id, v.content, v.geometry FROM base.reference_version AS v WHERE v.correction = of_correction
  ), ended AS (
    SELECT v.collection, v.id, v.content, v.geometry AS place FROM base.reference_version AS v WHERE v.ended_by = of_correction
  )
  SELECT coalesce(m.collection, e.collection), coalesce(m.id, e.id), e.content,
    m.content - ARRAY['line', 'point', 'geog', 'impact_level', 'valid_from', 'correction'], e.place, m.place
  FROM made AS m FULL JOIN ended AS e ON e.collection = m.collection AND e.id = m.id
$$;
COMMENT ON FUNCTION base.correction_changes IS 'The rows that a correction made, changed or removed, as they were and as it left them.';

CREATE OR REPLACE FUNCTION base.api_name(of_column text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(CASE WHEN p.n = 1 THEN p.part WHEN p.part = 'm' THEN 'Metres' ELSE initcap(p.part) END, '' ORDER BY p.n)
  FROM unnest(string_to_array(of_column, '_')) WITH ORDINALITY AS p (part, n)
$$;
COMMENT ON FUNCTION base.api_name IS 'The name of a column in the API.';

CREATE OR REPLACE FUNCTION tripoint.correction_difference(of_correction uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('collection', c.collection, 'id', c.id,
      'change', CASE WHEN c.was IS NULL THEN 'add' WHEN c.becomes IS NULL THEN 'remove' ELSE 'change' END,
      'movedMetres', CASE
        WHEN c.collection = 'crossings' THEN round(ST_Distance(c.old_place::geography, c.new_place::geography)::numeric, 1)
        WHEN c.collection = 'borders' AND NOT ST_OrderingEquals(c.old_place, c.new_place) THEN (
          SELECT round(max(ST_Distance(p.geom::geography, c.old_place::geography))::numeric, 1) FROM ST_DumpPoints(c.new_place) AS p
          WHERE NOT ST_Intersects(p.geom, c.old_place)) END,
      'distanceToBorderMetres', CASE WHEN c.collection = 'crossings' AND c.becomes IS NOT NULL
        THEN round((base.foot_on_border(c.new_place, c.becomes ->> 'border')).distance_m::numeric, 1) END
    )) || jsonb_build_object('properties', (
      SELECT coalesce(jsonb_object_agg(base.api_name(k.name), jsonb_build_object('from', c.was -> k.name, 'to', c.becomes -> k.name)), '{}')
      FROM (SELECT jsonb_object_keys(coalesce(c.was, c.becomes)) AS name) AS k
      WHERE c.was -> k.name IS DISTINCT FROM c.becomes -> k.name))
    ORDER BY array_position(ARRAY['borders', 'segments', 'crossings', 'sides'], c.collection), c.id), '[]')
  FROM base.correction_changes(of_correction) AS c
$$;
COMMENT ON FUNCTION tripoint.correction_difference IS 'What an applied correction changed, as JSON: each row with its properties before and after. Reference data is for everybody.';
GRANT EXECUTE ON FUNCTION tripoint.correction_difference TO tripoint_service;
