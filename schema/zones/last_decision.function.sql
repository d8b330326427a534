CREATE OR REPLACE FUNCTION base.last_decision(r base.zone_revision, of_country text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT c.decision FROM base.zone_consent AS c
  WHERE c.zone = r.id AND c.revision = r.revision AND c.country = of_country AND c.n > r.asked_after
  ORDER BY c.n DESC LIMIT 1
$$;
COMMENT ON FUNCTION base.last_decision IS 'Last decision of a country about a revision that still counts.';
