-- The ends stay: the tripoint belongs to three borders. Areas of countries have the vertices of the line, so the old line
-- is exchanged for the new one in their outlines.
-- Test: test/reference/placed-again.test.ts
CREATE OR REPLACE FUNCTION base.correct_borders(features jsonb, default_source text) RETURNS base.border_edge[]
LANGUAGE plpgsql AS $$
DECLARE
  f base.correction_feature;
  was base.border;
  corrected geometry;
  edges base.border_edge[] := '{}';
BEGIN
  FOR f IN SELECT * FROM base.features_of(features, 'borders') LOOP
    SELECT b.* INTO was FROM base.border AS b WHERE b.code = f.id FOR NO KEY UPDATE;
    corrected := coalesce(f.geometry, was.line);
    IF NOT ST_DWithin(ST_StartPoint(corrected), ST_StartPoint(was.line), 0.000002)
      OR NOT ST_DWithin(ST_EndPoint(corrected), ST_EndPoint(was.line), 0.000002) THEN
      PERFORM base.refuse_correction('border-ends-move', jsonb_build_object('n', f.n, 'border', f.id));
    END IF;
    corrected := ST_SetPoint(ST_SetPoint(corrected, 0, ST_StartPoint(was.line)), -1, ST_EndPoint(was.line));
    edges := edges || ARRAY(
      SELECT e FROM base.border_edge AS e
      WHERE e.border = f.id AND (NOT ST_OrderingEquals(corrected, was.line)
        OR (f.properties ->> 'horizontalAccuracyMetres')::double precision <> was.horizontal_accuracy_m)
      ORDER BY e.seq);
    UPDATE base.border AS b SET line = corrected,
      length_km = CASE WHEN f.geometry IS NULL THEN b.length_km ELSE ST_Length(corrected::geography) / 1000 END,
      names = coalesce(f.properties -> 'names', b.names),
      official_length_km = CASE WHEN f.properties ? 'officialLengthKm' THEN (f.properties ->> 'officialLengthKm')::double precision ELSE b.official_length_km END,
      official_length_source = CASE WHEN f.properties ? 'officialLengthSource' THEN f.properties ->> 'officialLengthSource' ELSE b.official_length_source END,
      horizontal_accuracy_m = coalesce((f.properties ->> 'horizontalAccuracyMetres')::double precision, b.horizontal_accuracy_m),
      horizontal_accuracy_note = CASE WHEN f.properties ? 'horizontalAccuracyNote' THEN f.properties ->> 'horizontalAccuracyNote' ELSE b.horizontal_accuracy_note END,
      unverified_items = coalesce(base.texts_in(f.properties -> 'unverifiedItems'), b.unverified_items),
      source = coalesce(f.properties ->> 'source', default_source),
      licence = CASE WHEN f.properties ? 'licence' THEN f.properties ->> 'licence' ELSE b.licence END
    WHERE b.code = f.id;
    IF NOT ST_OrderingEquals(corrected, was.line) THEN PERFORM base.move_outlines(f, was, corrected); END IF;
  END LOOP;
  RETURN edges;
END $$;
COMMENT ON FUNCTION base.correct_borders IS 'Writes the borders of a correction, and answers the edges from before of those whose line or accuracy changed.';

CREATE OR REPLACE FUNCTION base.move_outlines(f base.correction_feature, was base.border, corrected geometry) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  moved geometry;
  of_country text;
BEGIN
  FOREACH of_country IN ARRAY was.countries LOOP
    SELECT ST_Multi(ST_BuildArea(ST_Collect(ST_Difference(ST_Boundary(c.area), was.line), corrected))) INTO moved
    FROM base.country AS c WHERE c.code = of_country;
    IF NOT ST_IsSimple(corrected) OR moved IS NULL OR NOT ST_IsValid(moved) OR NOT ST_Covers(ST_Boundary(moved), corrected) THEN
      PERFORM base.refuse_correction('border-line-crosses', jsonb_build_object('n', f.n, 'border', f.id, 'country', of_country));
    END IF;
    UPDATE base.country AS c SET area = moved WHERE c.code = of_country;
  END LOOP;
END $$;
COMMENT ON FUNCTION base.move_outlines IS 'Exchanges the line of a border in the outlines of its two countries.';
