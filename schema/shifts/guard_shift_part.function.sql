-- With the rights of its caller: only so can it tell the owner of the tables from the service. TG_ARGV: the state of the shift.
-- Test: test/shifts/guards.test.ts
CREATE OR REPLACE FUNCTION base.guard_shift_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN part; END IF;
  -- the lock of a reader: the shift cannot be offered or closed between this look and the commit
  PERFORM 1 FROM tripoint.shift AS s
  WHERE s.id = part.shift AND s.agency = tripoint.caller_agency() AND s.state = TG_ARGV[0] FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'rows of % are written by the agency of a shift that is %', TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'with_check_option_violation';
  END IF;
  RETURN part;
END $$;
COMMENT ON FUNCTION base.guard_shift_part IS 'Refuses notes and items of the shift of another agency, and in another state: a closed shift gets and loses nothing.';
