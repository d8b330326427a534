-- Two neighbouring versions of the service work on one database during a rolling upgrade
-- (docs/decisions/0033-upgrades.md). The migrator writes the row.
CREATE TABLE base.schema_program (
  is_only        boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  program        int NOT NULL,
  oldest_program int NOT NULL,
  CONSTRAINT schema_program_may_run_itself CHECK (oldest_program BETWEEN 1 AND program)
);
COMMENT ON TABLE base.schema_program IS 'Which programs may run on this schema. One row.';
COMMENT ON COLUMN base.schema_program.program IS 'Number of the program that made it (src/db/program.ts).';
COMMENT ON COLUMN base.schema_program.oldest_program IS 'Number of the oldest program that may run on it.';
COMMENT ON CONSTRAINT schema_program_may_run_itself ON base.schema_program IS 'A program runs on the schema that it has made.';
COMMENT ON CONSTRAINT schema_program_is_only_check ON base.schema_program IS 'There is one row: a database has one schema.';
