-- The newest incidents of an area without reading all that lies in it (docs/decisions/0040-newest-in-an-area.md). The
-- indexes hold what visibility, boxes and the usual filters ask, so that rows are fetched only to be shown. Two levels of
-- cells: about 30 and 120 km wide here.
CREATE INDEX incident_cell_10_idx ON base.incident ((tripoint.cell_of(point) >> 8), occurred_at DESC, id DESC)
  INCLUDE (audience, red_agency, point, kind, severity, nature, state);
CREATE INDEX incident_cell_8_idx ON base.incident ((tripoint.cell_of(point) >> 12), occurred_at DESC, id DESC)
  INCLUDE (audience, red_agency, point, kind, severity, nature, state);
DROP INDEX base.incident_newest_idx;
CREATE INDEX incident_newest_idx ON base.incident (occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point);

-- Rows that no vacuum has seen are fetched even so, and the newest are the ones asked for.
ALTER TABLE base.incident SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000);
