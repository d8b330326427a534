-- Callers without a key see CLEAR incidents alone, and pass over all others in an index. In these they meet none, so that what
-- is hidden from them neither costs nor shows in the time of an answer (docs/decisions/0043-rows-that-all-see.md).
CREATE INDEX incident_clear_point_idx ON base.incident USING gist (point) WHERE tlp = 'CLEAR';
CREATE INDEX incident_clear_cell_10_idx ON base.incident ((tripoint.cell_of(point) >> 8), occurred_at DESC, id DESC)
  INCLUDE (audience, red_agency, point, kind, severity, nature, state) WHERE tlp = 'CLEAR';
CREATE INDEX incident_clear_cell_8_idx ON base.incident ((tripoint.cell_of(point) >> 12), occurred_at DESC, id DESC)
  INCLUDE (audience, red_agency, point, kind, severity, nature, state) WHERE tlp = 'CLEAR';
CREATE INDEX incident_clear_newest_idx ON base.incident (occurred_at DESC, id DESC)
  INCLUDE (audience, red_agency, point) WHERE tlp = 'CLEAR';
