-- Twin: NATURES_OF_WORLD in src/core/world.ts, compared by test/worlds/natures.test.ts
CREATE OR REPLACE FUNCTION base.is_of_world(nature text, world_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (nature = 'exercise') = (world_kind = 'exercise')
$$;
COMMENT ON FUNCTION base.is_of_world IS 'Whether an incident of this nature belongs into such a world: exercises into exercises, everything else into the actual world.';
REVOKE EXECUTE ON FUNCTION base.is_of_world FROM PUBLIC;
