import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANONYMOUS } from '../core/caller.ts';
import { unavailable } from '../core/problem.ts';
import type { Database } from './database.ts';
import { editedMigrations, editedSentence } from './migrations.ts';
import { isNewerButFits, type Program, type SchemaProgram, thisProgram, tooOldSentence } from './program.ts';
import { CATALOGUE, lostObjects } from './schema.catalogue.ts';
import { PACKAGE_ROOT } from './schema.files.ts';
import { Sql, sql } from './sql.ts';

interface RecordedFile {
  path: string;
  checksum: string;
}

/** Rejects with what to do, unless this program may run on the schema. Reports whether a newer program made it. */
export async function requireFit(
  db: Database,
  program: Program = thisProgram(),
): Promise<{ isNewer: boolean }> {
  const recorded = await db.query<RecordedFile>(ANONYMOUS, sql`SELECT path, checksum FROM schema_file`);
  const edited = editedMigrations(recorded, program.migrations);
  if (edited.length > 0) throw new Error(editedSentence(edited));
  const checksums = new Map(recorded.map(({ path, checksum }) => [path, checksum]));
  const missing = program.migrations.filter(({ path }) => !checksums.has(path));
  if (missing.length > 0) throw unavailable(undefined, 'database-behind', { missing: missing.length });
  const [made] = await db.query<SchemaProgram>(
    ANONYMOUS,
    sql`SELECT program, oldest_program FROM schema_program`,
  );
  if (made && isNewerButFits(made, program)) return { isNewer: true };
  if (made && made.program > program.number) throw new Error(tooOldSentence(made, program));
  const stale = program.schema.filter(({ path, checksum }) => checksums.get(path) !== checksum);
  if (stale.length > 0)
    throw unavailable(undefined, 'schema-stale', { files: stale.length, first: stale[0]!.path });
  if (made?.program !== program.number) throw unavailable(undefined, 'schema-unnumbered');
  return { isNewer: false };
}

/**
 * Rejects with the first objects that schema/schema.sql has and the database lacks: a restore or a hand may have lost some
 * without a trace in the checksums. Objects beside them are the operator's.
 */
export async function requireObjects(db: Database): Promise<void> {
  const rows = await db.transaction(ANONYMOUS, async (tx) => {
    await tx.query(sql`SELECT set_config('search_path', 'pg_catalog', true)`);
    return tx.query<{ definition: string }>(new Sql([CATALOGUE], []));
  });
  const expected = readFileSync(join(PACKAGE_ROOT, 'schema/schema.sql'), 'utf8');
  const lost = lostObjects(
    rows.map(({ definition }) => definition),
    expected,
  );
  if (lost.length > 0)
    throw unavailable(undefined, 'objects-lost', { objects: lost.length, first: lost[0]! });
}
