CREATE VIEW tripoint.reaction AS
  SELECT r.id, r.assessment, r.segment, r.country, r.kind, r.due_at, r.created_at, r.updated_at, r.done_at, r.done_by, r.note,
    r.cancelled_at,
    CASE WHEN r.done_at IS NOT NULL THEN 'done' WHEN r.cancelled_at IS NOT NULL THEN 'cancelled' ELSE 'open' END AS state,
    r.done_at IS NULL AND r.cancelled_at IS NULL AND r.due_at <= statement_timestamp() AS overdue,
    r.audience AS concern
  FROM base.reaction AS r
  WHERE r.audience & (SELECT tripoint.viewer()) <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.reaction IS 'The side that does it; both sides where the level is critical.';
GRANT SELECT, UPDATE (done_at, done_by, note, updated_at) ON tripoint.reaction TO tripoint_service;
