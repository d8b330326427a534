-- The generated columns of each insert inline a function in SQL, and parse its text and that of what it calls again for each
-- statement. In PL/pgSQL it is planned once for each connection.
CREATE OR REPLACE FUNCTION tripoint.audience(tlp text, owner text, releasable_to text[]) RETURNS int
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE tlp
    WHEN 'CLEAR' THEN 15
    WHEN 'GREEN' THEN 14
    WHEN 'AMBER' THEN tripoint.country_bits(releasable_to || owner)
    WHEN 'AMBER+STRICT' THEN tripoint.country_bits(ARRAY[owner])
    ELSE 0
  END;
END $$;
