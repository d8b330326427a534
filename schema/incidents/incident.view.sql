CREATE VIEW tripoint.incident AS
  SELECT id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, updated_at,
         point, geog, horizontal_accuracy_m, place_text, description, counts_best, counts_low, counts_high,
         source, external_id, owner, agency, tlp, releasable_to, content_hash, revision, country, candidates,
         border, segment, border_km, distance_to_border_m, period
  FROM base.incident
  WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
     OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''))
  WITH LOCAL CHECK OPTION;
GRANT SELECT, INSERT, UPDATE ON tripoint.incident TO tripoint_service;
