CREATE OR REPLACE FUNCTION tripoint.responsible(
  countries text[], borders text[], segments text[], crossings text[], zones text[],
  of_function text, at timestamptz
) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (
    SELECT coalesce(json_agg(r.entry ORDER BY r.rank_order, r.width, r.function, r.country, r.id), '[]')
    FROM (
      SELECT m.id, m.function, a.country, o.rank_order, o.width,
        json_build_object(
          'agency', json_build_object('id', a.id, 'names', a.names, 'acronym', a.acronym),
          'country', a.country,
          'function', m.function,
          'rank', m.rank,
          'scope', json_build_object('type', m.scope_type, 'id', m.scope_id),
          'preferred', rank() OVER (PARTITION BY a.country, m.function ORDER BY o.rank_order, o.width) = 1,
          'reason', format('%s mandate for %s', initcap(m.rank), CASE m.scope_type
            WHEN 'country-border' THEN 'the whole land border of ' || m.scope_id
            WHEN 'border' THEN format('the %s side of the border %s', a.country, m.scope_id)
            WHEN 'segment' THEN format('the %s side of segment %s', a.country, m.scope_id)
            WHEN 'crossing-side' THEN format('the %s side of crossing %s', a.country, m.scope_id)
            ELSE 'zone ' || m.scope_id END),
          'mandate', m.id,
          'validFrom', tripoint.utc(m.valid_from),
          'validTo', tripoint.utc(m.valid_to),
          'verified', m.verified,
          'source', m.source
        ) AS entry
      FROM tripoint.mandate AS m
      JOIN tripoint.agency AS a ON a.id = m.agency
      CROSS JOIN LATERAL (
        SELECT CASE m.rank WHEN 'primary' THEN 1 WHEN 'supporting' THEN 2 ELSE 3 END AS rank_order,
               array_position(ARRAY['crossing-side', 'zone', 'segment', 'border', 'country-border'], m.scope_type)
                 AS width
      ) AS o
      WHERE (of_function IS NULL OR m.function = of_function)
        AND (m.valid_from IS NULL OR m.valid_from <= at) AND (m.valid_to IS NULL OR m.valid_to > at)
        AND a.country = ANY (countries)
        AND m.scope_id = ANY (CASE m.scope_type
          WHEN 'country-border' THEN countries
          WHEN 'border' THEN borders
          WHEN 'segment' THEN segments
          WHEN 'crossing-side' THEN crossings
          ELSE zones END)
    ) AS r
  );
END $$;
COMMENT ON FUNCTION tripoint.responsible IS 'All mandates valid at an instant at a place: primary first, narrower scope before wider.';
GRANT EXECUTE ON FUNCTION tripoint.responsible TO tripoint_service;
