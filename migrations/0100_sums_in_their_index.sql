-- Tiles of small scales read thousands of sums, which lie all over the table: with the number in the index they read that
-- alone, as long as vacuum follows the folds.
ALTER TABLE base.incident_cell DROP CONSTRAINT incident_cell_pkey;
ALTER TABLE base.incident_cell ADD CONSTRAINT incident_cell_pkey PRIMARY KEY (level, cell, class) INCLUDE (n);
ALTER TABLE base.incident_cell SET (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);
