CREATE OR REPLACE FUNCTION tripoint.cell_column(cell int) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  x int := cell & 1431655765;
BEGIN
  x := (x | (x >> 1)) & 858993459;
  x := (x | (x >> 2)) & 252645135;
  x := (x | (x >> 4)) & 16711935;
  RETURN (x | (x >> 8)) & 65535;
END $$;
COMMENT ON FUNCTION tripoint.cell_column IS 'Column of a cell; row of a cell shifted by one bit.';
GRANT EXECUTE ON FUNCTION tripoint.cell_column TO tripoint_service;
