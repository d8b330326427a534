-- What a correction writes, row by row, in the order borders, segments, crossings, sides. A fault is raised as TPREF with
-- the code of its message and its values.
-- Twin: correctionFault in src/db/errors.ts, compared by test/reference/faults.test.ts
CREATE OR REPLACE FUNCTION base.refuse_correction(code text, says jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'TPREF', MESSAGE = code, DETAIL = says::text;
END $$;
COMMENT ON FUNCTION base.refuse_correction IS 'Refuses a correction: the code of a message and its values.';

CREATE OR REPLACE FUNCTION base.features_of(features jsonb, of_collection text) RETURNS SETOF base.correction_feature
LANGUAGE sql STABLE AS $$
  SELECT (f.n - 1)::int, f.e ->> 'id', coalesce((f.e ->> 'removed')::boolean, false), coalesce(f.e -> 'properties', '{}'),
    CASE jsonb_typeof(f.e -> 'geometry') WHEN 'object' THEN ST_SetSRID(ST_GeomFromGeoJSON(f.e -> 'geometry'), 4326) END
  FROM jsonb_array_elements(features) WITH ORDINALITY AS f (e, n)
  WHERE f.e ->> 'collection' = of_collection
$$;
COMMENT ON FUNCTION base.features_of IS 'The features of a correction that belong to a collection.';

CREATE OR REPLACE FUNCTION base.texts_in(list jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(list))
$$;
COMMENT ON FUNCTION base.texts_in IS 'A JSON array of texts; NULL stays NULL.';

CREATE OR REPLACE FUNCTION base.foot_on_border(point geometry, of_border text) RETURNS base.foot
LANGUAGE sql STABLE AS $$
  SELECT f.foot FROM (
    SELECT base.foot_on(e, point::geography) AS foot
    FROM base.border_edge AS e WHERE e.border = of_border ORDER BY e.geog <-> point::geography LIMIT 12
  ) AS f
  ORDER BY (f.foot).distance_m LIMIT 1
$$;
COMMENT ON FUNCTION base.foot_on_border IS 'The nearest place of one border. Twelve edges, because the index orders by the sphere.';

CREATE OR REPLACE FUNCTION base.segment_at(of_border text, km double precision, removed text[] DEFAULT '{}') RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT s.id FROM base.segment AS s
  WHERE s.border = of_border AND s.from_km <= km AND s.id <> ALL (removed) ORDER BY s.from_km DESC LIMIT 1
$$;
COMMENT ON FUNCTION base.segment_at IS 'The segment at a chainage.';
