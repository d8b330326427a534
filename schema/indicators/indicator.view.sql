CREATE VIEW tripoint.indicator AS
  SELECT i.id, i.crossing, i.country, i.entering, i.day, i.traffic, i.passengers, i.vehicles, i.trucks,
         i.median_waiting_minutes, i.method, i.agency, i.note, i.created_at, i.updated_at,
         tripoint.country_bits(ARRAY[i.country]) AS concern
  FROM base.indicator AS i
  WHERE i.audience & (SELECT tripoint.viewer()) & 14 <> 0
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.indicator IS 'The three countries.';
GRANT SELECT, INSERT, UPDATE (passengers, vehicles, trucks, median_waiting_minutes, method, agency, note, updated_at), DELETE
  ON tripoint.indicator TO tripoint_service;
