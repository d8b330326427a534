-- Test: test/ogc/free-text.test.ts
CREATE OR REPLACE FUNCTION tripoint.any_phrase(phrases text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_tsquery('pg_catalog.simple', string_agg(p.words, ' | '))
  FROM unnest(phrases) AS t (phrase) CROSS JOIN LATERAL (
    SELECT '(' || string_agg(CASE
        WHEN w.word ~ '^[\u0620-\u064A]' AND w.word !~ '^ال' THEN '(' || w.word || ':* | ال' || w.word || ':*)'
        ELSE w.word || ':*' END, ' <-> ' ORDER BY w.n) || ')' AS words
    FROM regexp_split_to_table(tripoint.plain_words(t.phrase), '\s+') WITH ORDINALITY AS w (word, n)
    WHERE w.word <> ''
  ) AS p
$$;
COMMENT ON FUNCTION tripoint.any_phrase IS 'One of the phrases: the beginnings of words that follow each other. An Arabic word may have its article or not.';
GRANT EXECUTE ON FUNCTION tripoint.any_phrase TO tripoint_service;
