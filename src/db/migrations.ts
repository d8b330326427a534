import { basename, join } from 'node:path';
import createKnex, { type Knex } from 'knex';
import type { ConnectionConfig } from 'pg';
import { isNewerButFits, thisProgram, tooOldSentence } from './program.ts';
import { withoutRoles } from './roles.store.ts';
import {
  applySchema,
  dropViews,
  markLost,
  recordedProgram,
  recordFiles,
  runSql,
  schemaDifferences,
} from './schema.apply.ts';
import { migrationFiles, type SqlFile } from './schema.files.ts';
import { withoutLocks } from './schema.locks.ts';

const nameOf = ({ path }: SqlFile): string => basename(path, '.sql');

/** Such a migration runs statement by statement: for CREATE INDEX CONCURRENTLY. */
const runsAlone = ({ text }: SqlFile): boolean => text.startsWith('-- outside a transaction');

const sourceOf = (files: readonly SqlFile[]): Knex.MigrationSource<SqlFile> => ({
  getMigrations: async () => [...files],
  getMigrationName: nameOf,
  getMigration: async (file) => ({
    up: async (knex) => runSql(knex, await withoutRoles(knex, file.text)),
    down: async () => {
      throw new Error('There is no way down: restore a backup.');
    },
    config: { transaction: !runsAlone(file) },
  }),
});

// Relative to src/db in the sources, to dist/src/db in the build: both have seeds/ two folders up.
const SEEDS = join(import.meta.dirname, '../../seeds');

export const knexSettings = (connection: string | ConnectionConfig): Knex.Config => ({
  client: 'pg',
  connection: connection as Knex.StaticConnectionConfig,
  pool: { min: 0, max: 1 },
  // a failure is also thrown
  log: { warn() {}, error() {} },
  migrations: { migrationSource: sourceOf(migrationFiles()), tableName: 'migration', schemaName: 'base' },
  seeds: { directory: SEEDS, loadExtensions: ['.ts', '.js'] },
});

/** Connects as the owner of the tables during `work`. */
export async function asOwner<T>(
  connection: string | ConnectionConfig,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  const knex = createKnex(knexSettings(connection));
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

interface MigrationOptions {
  /** Called with the blocking session. */
  log?: (sentence: string) => void;
  /** Default: those of migrations/. */
  files?: readonly SqlFile[];
}

/**
 * Applies pending migrations, then brings functions, views and triggers up to date with schema/. Returns the names of the
 * applied files.
 */
export async function migrate(
  knex: Knex,
  { log = () => {}, files = migrationFiles() }: MigrationOptions = {},
): Promise<string[]> {
  if (await isNewer(knex)) return [];
  await knex.raw('CREATE SCHEMA IF NOT EXISTS base');
  await refuseOther(knex, files);
  const done: string[] = [];
  const pending = async () => {
    const names = await doneMigrations(knex);
    return files.filter((file) => !names.includes(nameOf(file)));
  };
  for (let left = await pending(); left.length > 0; left = await pending()) {
    done.push(...(await runSome(knex, left, { log, files })));
  }
  await markLost(knex);
  const { changed, gone } = await schemaDifferences(knex);
  const isUnnumbered = (await recordedProgram(knex))?.program !== thisProgram().number;
  if (changed.length + gone.length > 0 || isUnnumbered) {
    await withoutLocks(knex, log, applySchema);
    done.push(...changed.map(({ path }) => path), ...gone.map(({ path }) => `${path} (removed)`));
  }
  return done;
}

/** Whether a newer program made the schema, which then stays as it is; throws if this one may not run on it. */
async function isNewer(knex: Knex): Promise<boolean> {
  const made = await recordedProgram(knex);
  const program = thisProgram();
  if (!made || made.program <= program.number) return false;
  if (isNewerButFits(made, program)) return true;
  throw new Error(tooOldSentence(made, program));
}

/** The migrations of the next transaction: up to one that runs alone, or that one. */
async function runSome(
  knex: Knex,
  left: readonly SqlFile[],
  { log, files }: Required<MigrationOptions>,
): Promise<string[]> {
  const migrationSource = sourceOf(files);
  const first = left.findIndex(runsAlone);
  const together = first === -1 ? left : left.slice(0, first);
  if (together.length === 0) {
    await knex.migrate.up({ migrationSource });
    await recordFiles(knex, left.slice(0, 1));
    return [nameOf(left[0]!)];
  }
  await withoutLocks(knex, log, async (trx) => {
    // a column that a view uses can change only without the view
    const isLast = together.length === left.length;
    if (isLast && (await hasSchema(trx))) await dropViews(trx);
    for (const _ of together) await trx.migrate.up({ migrationSource });
    await recordFiles(trx, together);
    if (isLast) await applySchema(trx);
  });
  return together.map(nameOf);
}

const hasSchema = async (knex: Knex): Promise<boolean> =>
  (await knex.raw(`SELECT to_regnamespace('tripoint') IS NOT NULL AS found`)).rows[0].found;

async function doneMigrations(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(`SELECT to_regclass('base.migration') IS NOT NULL AS found`);
  if (!rows[0].found) return [];
  return (await knex.raw('SELECT name FROM base.migration ORDER BY id')).rows.map(
    ({ name }: { name: string }) => name,
  );
}

/** Refuses a database that other migrations made. */
async function refuseOther(knex: Knex, files: readonly SqlFile[]): Promise<void> {
  const done = await doneMigrations(knex);
  const unknown = done.filter((name) => !files.some((file) => nameOf(file) === name));
  if (unknown.some((name) => /^\d{14}_/.test(name))) throw new Error(MADE_BEFORE);
  if (unknown.length > 0)
    throw new Error(
      `The database was migrated by a newer version of the service: it has ${unknown.join(', ')}. Start that version.`,
    );
  if (done.length === 0) return;
  const { rows } = await knex.raw(
    `SELECT path, checksum FROM base.schema_file WHERE path LIKE 'migrations/%'`,
  );
  const edited = editedMigrations(rows);
  if (edited.length > 0) throw new Error(editedSentence(edited));
}

const MADE_BEFORE = `This database was made by a version before the first release, and there is no way to upgrade it.
Use a new database, or for the embedded one a new folder (TRIPOINT_DATA). To carry incidents over, start the old version,
download /v1/collections/incidents/items?f=geojsonseq as each agency, and send the files with: npm run tripoint -- import`;

/** Applied migrations whose file has changed since. */
export const editedMigrations = (
  recorded: readonly { path: string; checksum: string }[],
  files = migrationFiles(),
): string[] => {
  const checksums = new Map(recorded.map(({ path, checksum }) => [path, checksum]));
  return files
    .filter(({ path, checksum }) => checksums.has(path) && checksums.get(path) !== checksum)
    .map(({ path }) => path);
};

export const editedSentence = (paths: readonly string[]): string =>
  `${paths.join(', ')} changed after it had made this database. Bring the file back, and write a new migration instead.`;
