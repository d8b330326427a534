CREATE OR REPLACE FUNCTION base.is_archive(external_id text, ended_at timestamptz, reported_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT external_id IS NOT NULL AND ended_at < reported_at - interval '168 hours'
$$;
COMMENT ON FUNCTION base.is_archive IS 'Whether an imported incident was old when its source delivered it: nobody waits for an answer.';
