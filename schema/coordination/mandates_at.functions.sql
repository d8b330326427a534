CREATE OR REPLACE FUNCTION base.mandates_at(i base.incident) RETURNS TABLE (agency text, country text, rank text)
LANGUAGE sql STABLE AS $$ 
    SELECT m.agency, a.country, m.rank
    FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency
    WHERE (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())
      AND CASE m.scope_type
        WHEN 'country-border' THEN EXISTS (SELECT 1 FROM base.border AS b
          WHERE (b.code = i.border OR b.countries <@ i.candidates) AND m.scope_id = ANY (b.countries))
        WHEN 'border' THEN m.scope_id = i.border OR EXISTS (SELECT 1 FROM base.border AS b
          WHERE b.code = m.scope_id AND b.countries <@ i.candidates)
        WHEN 'segment' THEN m.scope_id = i.segment
        WHEN 'crossing-side' THEN EXISTS (SELECT 1 FROM base.crossing AS c
          WHERE c.id = m.scope_id AND ST_DWithin(c.geog, i.geog, 5000 + i.horizontal_accuracy_m))
        ELSE EXISTS (SELECT 1 FROM base.incident_zone AS p
          JOIN base.zone_revision AS z ON z.id = p.zone AND z.revision = p.revision
          WHERE p.incident = i.id AND p.zone = m.scope_id AND p.relation <> 'possible' AND z.effective @> now())
      END
$$;
COMMENT ON FUNCTION base.mandates_at IS 'Mandates that are valid now at the place of an incident. Twin for callers: tripoint.holds_mandate.';

CREATE OR REPLACE FUNCTION tripoint.holds_mandate(of_incident uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM tripoint.incident AS i CROSS JOIN LATERAL (
    SELECT m.agency, a.country, m.rank
    FROM tripoint.mandate AS m JOIN tripoint.agency AS a ON a.id = m.agency
    WHERE (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())
      AND CASE m.scope_type
        WHEN 'country-border' THEN EXISTS (SELECT 1 FROM tripoint.border AS b
          WHERE (b.code = i.border OR b.countries <@ i.candidates) AND m.scope_id = ANY (b.countries))
        WHEN 'border' THEN m.scope_id = i.border OR EXISTS (SELECT 1 FROM tripoint.border AS b
          WHERE b.code = m.scope_id AND b.countries <@ i.candidates)
        WHEN 'segment' THEN m.scope_id = i.segment
        WHEN 'crossing-side' THEN EXISTS (SELECT 1 FROM tripoint.crossing AS c
          WHERE c.id = m.scope_id AND ST_DWithin(c.geog, i.geog, 5000 + i.horizontal_accuracy_m))
        ELSE EXISTS (SELECT 1 FROM tripoint.incident_zone AS p
          JOIN tripoint.zone_revision AS z ON z.id = p.zone AND z.revision = p.revision
          WHERE p.incident = i.id AND p.zone = m.scope_id AND p.relation <> 'possible' AND z.effective @> now())
      END
    ) AS h
    WHERE i.id = of_incident AND h.agency = tripoint.caller_agency()
  );
END $$;
COMMENT ON FUNCTION tripoint.holds_mandate IS 'Whether the agency of the caller holds a mandate at the place of an incident, as far as the caller sees both. Twin for the database: base.mandates_at.';
GRANT EXECUTE ON FUNCTION tripoint.holds_mandate TO tripoint_service;
