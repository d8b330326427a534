-- Test: test/reference/placed-again.test.ts
CREATE OR REPLACE FUNCTION base.correct_crossings(features jsonb, default_source text, moved text[], touched text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  f base.correction_feature;
  was base.crossing;
  of_border text;
  foot base.foot;
  removed text[] := ARRAY(SELECT r.id FROM base.features_of(features, 'segments') AS r WHERE r.is_removed);
BEGIN
  FOR f IN SELECT * FROM base.features_of(features, 'crossings') LOOP
    was := (SELECT c FROM base.crossing AS c WHERE c.id = f.id);
    IF was.id IS NULL AND (f.geometry IS NULL OR NOT f.properties ?& ARRAY['names', 'kind', 'horizontalAccuracyMetres']) THEN
      PERFORM base.refuse_correction('crossing-incomplete', jsonb_build_object('n', f.n, 'crossing', f.id));
    END IF;
    of_border := base.border_of_crossing(f);
    foot := base.foot_on_border(coalesce(f.geometry, was.point), of_border);
    IF foot.distance_m > 5000 AND f.geometry IS NOT NULL THEN
      PERFORM base.refuse_correction('crossing-off-border',
        jsonb_build_object('n', f.n, 'crossing', f.id, 'border', of_border, 'metres', round(foot.distance_m)));
    END IF;
    INSERT INTO base.crossing (id, border, segment, border_km, point, kind, names, horizontal_accuracy_m, source)
    SELECT f.id, of_border, base.segment_at(of_border, foot.chainage_m / 1000, removed), round((foot.chainage_m / 1000)::numeric, 3), f.geometry,
      f.properties ->> 'kind', f.properties -> 'names', (f.properties ->> 'horizontalAccuracyMetres')::double precision, default_source
    WHERE was.id IS NULL;
    UPDATE base.crossing AS c SET point = coalesce(f.geometry, c.point),
      border_km = CASE WHEN f.geometry IS NULL THEN c.border_km ELSE round((foot.chainage_m / 1000)::numeric, 3) END,
      kind = coalesce(f.properties ->> 'kind', c.kind),
      names = coalesce(f.properties -> 'names', c.names),
      aliases = coalesce(base.texts_in(f.properties -> 'aliases'), c.aliases),
      alternatives = coalesce(base.texts_in(f.properties -> 'alternatives'), c.alternatives),
      horizontal_accuracy_m = coalesce((f.properties ->> 'horizontalAccuracyMetres')::double precision, c.horizontal_accuracy_m),
      position_method = CASE WHEN f.properties ? 'positionMethod' THEN f.properties ->> 'positionMethod' ELSE c.position_method END,
      unverified_items = coalesce(base.texts_in(f.properties -> 'unverifiedItems'), c.unverified_items),
      source = coalesce(f.properties ->> 'source', default_source),
      licence = CASE WHEN f.properties ? 'licence' THEN f.properties ->> 'licence' ELSE c.licence END
    WHERE c.id = f.id;
  END LOOP;
  UPDATE base.crossing AS c SET border_km = base.new_km(c.border, c.point)
  WHERE c.border = ANY (moved);
  UPDATE base.crossing AS c SET segment = base.segment_at(c.border, c.border_km, removed)
  WHERE c.border = ANY (touched || ARRAY(SELECT base.border_of_crossing(r) FROM base.features_of(features, 'crossings') AS r));
END $$;
COMMENT ON FUNCTION base.correct_crossings IS 'Writes the crossings of a correction, and places all crossings again on borders and segments that changed.';

CREATE OR REPLACE FUNCTION base.border_of_crossing(f base.correction_feature) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT c.border FROM base.crossing AS c WHERE c.id = f.id), f.properties ->> 'border',
    (base.nearest_foot(f.geometry::geography)).border)
$$;
COMMENT ON FUNCTION base.border_of_crossing IS 'The border of a crossing of a correction: a new one lies on the nearest.';

CREATE OR REPLACE FUNCTION base.correct_sides(features jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  f base.correction_feature;
  of_crossing text;
  of_country text;
BEGIN
  FOR f IN SELECT * FROM base.features_of(features, 'sides') LOOP
    of_crossing := split_part(f.id, '/', 1);
    of_country := split_part(f.id, '/', 2);
    IF NOT EXISTS (SELECT FROM base.crossing AS c WHERE c.id = of_crossing AND of_country = ANY (string_to_array(c.border, '-'))) THEN
      PERFORM base.refuse_correction('side-unknown', jsonb_build_object('n', f.n, 'side', f.id));
    END IF;
    INSERT INTO base.crossing_side (crossing, country, names, admin_unit)
    SELECT of_crossing, of_country, f.properties -> 'names', f.properties -> 'adminUnit'
    WHERE NOT EXISTS (SELECT FROM base.crossing_side AS s WHERE s.crossing = of_crossing AND s.country = of_country)
      AND f.properties ? 'names';
    UPDATE base.crossing_side AS s SET names = coalesce(f.properties -> 'names', s.names),
      admin_unit = CASE WHEN f.properties ? 'adminUnit' THEN nullif(f.properties -> 'adminUnit', 'null') ELSE s.admin_unit END
    WHERE s.crossing = of_crossing AND s.country = of_country;
  END LOOP;
  FOR f IN SELECT * FROM base.features_of(features, 'crossings') LOOP
    IF (SELECT count(*) FROM base.crossing_side AS s WHERE s.crossing = f.id) < 2 THEN
      PERFORM base.refuse_correction('crossing-without-sides', jsonb_build_object('n', f.n, 'crossing', f.id));
    END IF;
  END LOOP;
END $$;
COMMENT ON FUNCTION base.correct_sides IS 'Writes the sides of a correction. A new crossing comes with both.';
