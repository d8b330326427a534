-- A caller sees some classes of all (audience is a part of the class). With the class before the cell, a tile reads the sums of
-- those alone, instead of passing over the others of each cell.
ALTER TABLE base.incident_cell DROP CONSTRAINT incident_cell_pkey;
ALTER TABLE base.incident_cell ADD CONSTRAINT incident_cell_pkey PRIMARY KEY (level, class, cell) INCLUDE (n);
