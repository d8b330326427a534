-- Test: test/worlds/stamp.test.ts
CREATE OR REPLACE FUNCTION base.keep_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A database is always some world.' USING ERRCODE = '23514', CONSTRAINT = 'world_is_only_check';
  END IF;
  IF (NEW.id, NEW.kind) <> (OLD.id, OLD.kind) AND EXISTS (
    SELECT FROM base.incident AS i WHERE NOT base.is_of_world(i.nature, NEW.kind)
  ) THEN
    RAISE EXCEPTION 'The database holds incidents of the world %.', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'world_is_kept';
  END IF;
  IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
    RAISE EXCEPTION 'The exercise has ended.' USING ERRCODE = '23514', CONSTRAINT = 'world_is_kept';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.keep_stamp IS 'A world stays what it is as soon as it holds incidents of its own, and an exercise that has ended stays ended.';
CREATE TRIGGER keep_stamp BEFORE UPDATE OR DELETE ON base.world
  FOR EACH ROW EXECUTE FUNCTION base.keep_stamp();
