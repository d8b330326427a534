-- The words of a text, for searches by their beginnings. pg_trgm does not exist in the embedded database; tsvector and GIN do.
-- tripoint.folded and tripoint.unaccented come from schema/core: plpgsql looks them up when it runs. An index depends on
-- these functions, so another version of them needs other names, or REINDEX.
CREATE FUNCTION tripoint.plain_words(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN pg_catalog.regexp_replace(tripoint.unaccented(tripoint.folded(value)),
    '[!-/:-@[-`{-~\u00A0-\u00BF\u2000-\u206F\u2E00-\u2E7F\u3000-\u303F\u060C\u061B\u061F\u066A-\u066D\u06D4]+', ' ', 'g');
END $$;
COMMENT ON FUNCTION tripoint.plain_words IS 'A text without regard to case and accents, and without punctuation, in which the parser sees hosts, paths and signs.';
GRANT EXECUTE ON FUNCTION tripoint.plain_words TO tripoint_service;

CREATE FUNCTION tripoint.words(value text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN pg_catalog.to_tsvector('pg_catalog.simple', tripoint.plain_words(value));
END $$;
COMMENT ON FUNCTION tripoint.words IS 'The words of a text, for tripoint.any_phrase. incident_words_idx depends on it.';
GRANT EXECUTE ON FUNCTION tripoint.words TO tripoint_service;

CREATE INDEX incident_words_idx ON base.incident USING gin (tripoint.words(place_text));
COMMENT ON INDEX base.incident_words_idx IS 'Searches by q. Names of other layers are few, and read one by one.';
