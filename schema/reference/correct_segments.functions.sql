-- Test: test/reference/placed-again.test.ts
CREATE OR REPLACE FUNCTION base.correct_segments(features jsonb, default_source text, moved text[]) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
  f base.correction_feature;
  of_border text;
  ends double precision[];
  touched text[] := moved;
  removed text[] := ARRAY(SELECT r.id FROM base.features_of(features, 'segments') AS r WHERE r.is_removed);
BEGIN
  -- where a border moved, its segments meet at the same places as before
  UPDATE base.segment AS s SET from_km = base.new_km(s.border, ST_StartPoint(s.line)), to_km = base.new_km(s.border, ST_EndPoint(s.line))
  WHERE s.border = ANY (moved);
  FOR f IN SELECT * FROM base.features_of(features, 'segments') LOOP
    of_border := coalesce((SELECT s.border FROM base.segment AS s WHERE s.id = f.id), left(f.id, 7));
    touched := touched || of_border;
    IF f.is_removed THEN
      PERFORM base.permit_removal(f);
      CONTINUE;
    END IF;
    ends := base.segment_ends(f, of_border);
    INSERT INTO base.segment AS s (id, border, sequence, from_km, to_km, line, names, name_basis, admin_units, horizontal_accuracy_m, unverified_items, source, licence)
    SELECT f.id, of_border, 100000 + f.n, ends[1], ends[2], tripoint.stretch(of_border, ends[1], ends[2]), f.properties -> 'names',
      f.properties ->> 'nameBasis', coalesce(f.properties -> 'adminUnits', '{}'),
      coalesce((f.properties ->> 'horizontalAccuracyMetres')::double precision, b.horizontal_accuracy_m),
      coalesce(base.texts_in(f.properties -> 'unverifiedItems'), '{}'), coalesce(f.properties ->> 'source', default_source), f.properties ->> 'licence'
    FROM base.border AS b WHERE b.code = of_border AND NOT EXISTS (SELECT FROM base.segment AS o WHERE o.id = f.id);
    UPDATE base.segment AS s SET from_km = ends[1], to_km = ends[2],
      names = coalesce(f.properties -> 'names', s.names),
      name_basis = CASE WHEN f.properties ? 'nameBasis' THEN f.properties ->> 'nameBasis' ELSE s.name_basis END,
      admin_units = coalesce(f.properties -> 'adminUnits', s.admin_units),
      horizontal_accuracy_m = coalesce((f.properties ->> 'horizontalAccuracyMetres')::double precision, s.horizontal_accuracy_m),
      unverified_items = coalesce(base.texts_in(f.properties -> 'unverifiedItems'), s.unverified_items),
      source = coalesce(f.properties ->> 'source', default_source),
      licence = CASE WHEN f.properties ? 'licence' THEN f.properties ->> 'licence' ELSE s.licence END
    WHERE s.id = f.id;
  END LOOP;
  touched := ARRAY(SELECT DISTINCT t.b FROM unnest(touched) AS t (b));
  PERFORM base.join_segments(touched, removed);
  RETURN touched;
END $$;
COMMENT ON FUNCTION base.correct_segments IS 'Writes the segments of a correction, and answers the borders whose segments may have changed.';

CREATE OR REPLACE FUNCTION base.new_km(of_border text, point geometry) RETURNS double precision
LANGUAGE sql STABLE AS $$
  SELECT round(((base.foot_on_border(point, of_border)).chainage_m / 1000)::numeric, 3)::double precision
$$;
COMMENT ON FUNCTION base.new_km IS 'Chainage of a place on a border, in km, rounded to a metre.';

CREATE OR REPLACE FUNCTION base.permit_removal(f base.correction_feature) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM base.segment AS s WHERE s.id = f.id) THEN
    PERFORM base.refuse_correction('segment-unknown', jsonb_build_object('n', f.n, 'segment', f.id));
  END IF;
  IF EXISTS (SELECT FROM base.mandate AS m WHERE m.scope_type = 'segment' AND m.scope_id = f.id
      AND (m.valid_to IS NULL OR m.valid_to > clock_timestamp())) THEN
    PERFORM base.refuse_correction('segment-in-use', jsonb_build_object('n', f.n, 'segment', f.id));
  END IF;
END $$;
COMMENT ON FUNCTION base.permit_removal IS 'Refuses to remove a segment that does not exist, or that a mandate is for.';

-- An end that is drawn within 100 m of where segments meet is meant to be there.
CREATE OR REPLACE FUNCTION base.segment_ends(f base.correction_feature, of_border text) RETURNS double precision[]
LANGUAGE plpgsql AS $$
DECLARE
  s base.segment := (SELECT o FROM base.segment AS o WHERE o.id = f.id);
  drawn double precision[];
  apart double precision;
  ends double precision[];
BEGIN
  IF s.id IS NULL AND NOT f.properties ? 'names' THEN
    PERFORM base.refuse_correction('segment-without-names', jsonb_build_object('n', f.n, 'segment', f.id));
  END IF;
  IF f.geometry IS NOT NULL AND NOT f.properties ?& ARRAY['fromKm', 'toKm'] THEN
    SELECT array_agg(coalesce((
          SELECT m.km FROM base.segment AS o CROSS JOIN LATERAL (VALUES (o.from_km), (o.to_km)) AS m (km)
          WHERE o.border = of_border AND abs(m.km - e.foot_km) < 0.1 ORDER BY abs(m.km - e.foot_km) LIMIT 1
        ), round(e.foot_km::numeric, 3)) ORDER BY e.foot_km), max(e.apart_m)
    INTO drawn, apart
    FROM (
      SELECT (base.foot_on_border(p, of_border)).chainage_m / 1000 AS foot_km, (base.foot_on_border(p, of_border)).distance_m AS apart_m
      FROM unnest(ARRAY[ST_StartPoint(f.geometry), ST_EndPoint(f.geometry)]) AS p
    ) AS e;
    IF apart > 100 THEN
      PERFORM base.refuse_correction('segment-off-border', jsonb_build_object('n', f.n, 'segment', f.id, 'border', of_border, 'metres', round(apart)));
    END IF;
  END IF;
  ends := ARRAY[coalesce((f.properties ->> 'fromKm')::double precision, drawn[1], s.from_km),
    coalesce((f.properties ->> 'toKm')::double precision, drawn[2], s.to_km)];
  IF ends[1] IS NULL OR ends[2] IS NULL OR ends[1] >= ends[2] THEN
    PERFORM base.refuse_correction('segment-without-stretch', jsonb_build_object('n', f.n, 'segment', f.id));
  END IF;
  RETURN ends;
END $$;
COMMENT ON FUNCTION base.segment_ends IS 'Chainages of the ends of a segment of a correction: as given, as drawn, or as they are.';

CREATE OR REPLACE FUNCTION base.join_segments(borders text[], removed text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  gap record;
BEGIN
  FOR gap IN
    SELECT s.border, s.before_km, s.at_km FROM (
      SELECT s.border, lag(s.to_km, 1, 0::double precision) OVER (PARTITION BY s.border ORDER BY s.from_km) AS before_km, s.from_km AS at_km
      FROM base.segment AS s WHERE s.border = ANY (borders) AND s.id <> ALL (removed)
      UNION ALL
      SELECT b.code, max(s.to_km), b.length_km
      FROM base.border AS b JOIN base.segment AS s ON s.border = b.code
      WHERE b.code = ANY (borders) AND s.id <> ALL (removed) GROUP BY b.code
    ) AS s
    WHERE abs(s.at_km - s.before_km) > 0.002 ORDER BY s.border, s.at_km LIMIT 1
  LOOP
    PERFORM base.refuse_correction(CASE WHEN gap.at_km > gap.before_km THEN 'segments-leave-gap' ELSE 'segments-overlap' END,
      jsonb_build_object('border', gap.border, 'fromKm', round(least(gap.at_km, gap.before_km)::numeric, 3),
        'toKm', round(greatest(gap.at_km, gap.before_km)::numeric, 3)));
  END LOOP;
  UPDATE base.segment AS s SET from_km = j.before_km
  FROM (
    SELECT o.id, lag(o.to_km, 1, 0::double precision) OVER (PARTITION BY o.border ORDER BY o.from_km) AS before_km
    FROM base.segment AS o WHERE o.border = ANY (borders) AND o.id <> ALL (removed)
  ) AS j
  WHERE s.id = j.id AND s.from_km <> j.before_km;
END $$;
COMMENT ON FUNCTION base.join_segments IS 'Refuses segments that leave a gap on their border or overlap, and lets each begin exactly where the one before it ends.';

CREATE OR REPLACE FUNCTION base.remove_segments(removed text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  gone text;
BEGIN
  FOREACH gone IN ARRAY removed LOOP
    UPDATE base.incident_request AS q SET segment = base.segment_at(s.border, (s.from_km + s.to_km) / 2, removed)
    FROM base.segment AS s WHERE s.id = gone AND q.segment = gone;
    BEGIN
      DELETE FROM base.segment AS s WHERE s.id = gone;
    EXCEPTION WHEN foreign_key_violation THEN
      PERFORM base.refuse_correction('segment-in-use', jsonb_build_object('segment', gone));
    END;
  END LOOP;
END $$;
COMMENT ON FUNCTION base.remove_segments IS 'Removes segments. Requests about one are then about the segment that covers its middle; what cannot move keeps the segment.';

-- Lines are cut again only where they change: a vertex that is computed twice may differ in its last digit.
CREATE OR REPLACE FUNCTION base.number_segments(borders text[], moved text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- through negative numbers, because each row is unique at every moment
  UPDATE base.segment AS s SET sequence = CASE n.sequence WHEN n.old_sequence THEN n.sequence ELSE -n.sequence END, line = n.line
  FROM (
    SELECT o.id, o.sequence AS old_sequence, o.line AS old_line,
      row_number() OVER (PARTITION BY o.border ORDER BY o.from_km) AS sequence,
      CASE WHEN o.border = ANY (moved) OR v.id IS NOT NULL OR o.sequence >= 100000
        THEN tripoint.stretch(o.border, o.from_km, o.to_km) ELSE o.line END AS line
    FROM base.segment AS o
    LEFT JOIN base.reference_version AS v ON v.collection = 'segments' AND v.id = o.id
      AND v.ended_by = nullif(current_setting('tripoint.correction', true), '')::uuid
      AND (v.content ->> 'from_km', v.content ->> 'to_km') IS DISTINCT FROM (o.from_km::text, o.to_km::text)
    WHERE o.border = ANY (borders)
  ) AS n
  WHERE s.id = n.id AND (n.sequence <> n.old_sequence OR ST_AsGeoJSON(n.line, 6) <> ST_AsGeoJSON(n.old_line, 6));
  UPDATE base.segment AS s SET sequence = -s.sequence WHERE s.border = ANY (borders) AND s.sequence < 0;
END $$;
COMMENT ON FUNCTION base.number_segments IS 'Numbers the segments of borders from the north, and cuts the lines of those that changed.';
