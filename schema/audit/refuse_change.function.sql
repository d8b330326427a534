-- Test: test/audit/chain.test.ts
CREATE OR REPLACE FUNCTION base.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only added to: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
COMMENT ON FUNCTION base.refuse_change IS 'Refuses to change or delete entries and seals of the audit log, for its owner and on replicas too: the log proves something only if nobody can rewrite it.';
