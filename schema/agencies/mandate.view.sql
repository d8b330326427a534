CREATE VIEW tripoint.mandate AS
  SELECT id, agency, function, rank, scope_type, scope_id, valid_from, valid_from_precision, valid_to, source,
         verified, note, revision, updated_at
  FROM base.mandate
  WHERE (SELECT tripoint.viewer()) > 0
    AND (scope_type <> 'zone' OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = scope_id))
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.mandate IS 'Everybody sees all mandates; a mandate for a zone only viewers of the zone, because it shows that the zone exists.';
GRANT SELECT, INSERT, UPDATE (function, rank, scope_type, scope_id, valid_from, valid_from_precision, valid_to, source,
  verified, note, revision, updated_at) ON tripoint.mandate TO tripoint_service;
