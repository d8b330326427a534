import type { Knex } from 'knex';

/** Texts as CASEI and ACCENTI of CQL2 compare them. The extension unaccent is not everywhere. */
export const up = (db: Knex) =>
  db.raw(String.raw`
    -- lower() of a database that was made with the locale C knows ASCII only: the first of these that there is knows more
    DO $do$ DECLARE
      locale name := (
        SELECT c.collname FROM pg_collation AS c
        WHERE c.collnamespace = 'pg_catalog'::regnamespace AND c.collname IN ('pg_c_utf8', 'und-x-icu', 'default')
        ORDER BY array_position(ARRAY['pg_c_utf8', 'und-x-icu', 'default']::name[], c.collname) LIMIT 1);
    BEGIN
      EXECUTE format($sql$
        CREATE FUNCTION tripoint.folded(value text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
          SELECT replace(replace(lower(value COLLATE pg_catalog.%I), 'ß', 'ss'), 'ς', 'σ')
        $fn$ $sql$, locale);
    END $do$;
    COMMENT ON FUNCTION tripoint.folded IS 'The same for texts that differ in case only: lower case, with ß as ss and one sigma.';

    CREATE FUNCTION tripoint.unaccented(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
      SELECT normalize(regexp_replace(
        normalize(
          replace(replace(replace(replace(
            translate(value, 'ØøĐđŁłĦħŦŧı', 'OoDdLlHhTti'),
            'Æ', 'AE'), 'æ', 'ae'), 'Œ', 'OE'), 'œ', 'oe'),
          NFD),
        '[\u0300-\u036F\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]',
        '', 'g'), NFC)
    $fn$;
    COMMENT ON FUNCTION tripoint.unaccented IS
      'Without accents and other marks, Arabic vowel signs, hamzas on letters and tatweel among them; letters with strokes and ligatures as plain ones.';
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.unaccented(text);
    DROP FUNCTION tripoint.folded(text);
  `);
