import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import createKnex, { type Knex } from 'knex';
import type { ConnectionConfig } from 'pg';

// From src/db in the sources, from dist/src/db once built: both have migrations/ and seeds/ two folders up.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MIGRATION = /^(\d{14}_\w+)\.[jt]s$/;

/** Names without the ending, so that a database migrated from the sources is also current for the build. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () =>
    readdirSync(join(ROOT, 'migrations'))
      .filter((file) => MIGRATION.test(file))
      .sort(),
  getMigrationName: (file) => file.replace(MIGRATION, '$1'),
  getMigration: (file) => import(pathToFileURL(join(ROOT, 'migrations', file)).href),
};

export const knexSettings = (connection: string | ConnectionConfig): Knex.Config => ({
  client: 'pg',
  connection: connection as Knex.StaticConnectionConfig,
  pool: { min: 0, max: 1 },
  migrations: { migrationSource, tableName: 'migration', schemaName: 'base' },
  seeds: { directory: join(ROOT, 'seeds'), loadExtensions: ['.ts', '.js'] },
});

/** Connects as the owner of the tables for as long as `work` takes. */
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

export async function migrate(knex: Knex): Promise<string[]> {
  await knex.raw('CREATE SCHEMA IF NOT EXISTS base');
  const [, names] = await knex.migrate.latest();
  return names;
}

/** The names that `migrate` brings a database to, oldest first. */
export const migrationNames = async (): Promise<string[]> =>
  (await migrationSource.getMigrations([])).map((file) => migrationSource.getMigrationName(file));
