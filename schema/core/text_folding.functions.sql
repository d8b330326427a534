-- lower() of a database that was made with the locale C knows ASCII only. plpgsql looks a collation up when the branch
-- first runs, so a server without the other one does no harm.
CREATE OR REPLACE FUNCTION tripoint.folded(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF current_setting('server_version_num')::int >= 170000 THEN
    RETURN replace(replace(lower(value COLLATE pg_catalog.pg_c_utf8), 'ß', 'ss'), 'ς', 'σ');
  END IF;
  RETURN replace(replace(lower(value COLLATE pg_catalog."und-x-icu"), 'ß', 'ss'), 'ς', 'σ');
END $$;
COMMENT ON FUNCTION tripoint.folded IS 'Lower case, with ß as ss and one sigma, so that texts that differ in case only are equal.';

CREATE OR REPLACE FUNCTION tripoint.unaccented(value text) RETURNS text
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
