import { availableParallelism, cpus, release, totalmem } from 'node:os';
import type { Knex } from 'knex';
import { asOwner } from '../src/db/migrations.ts';

const SETTINGS = ['shared_buffers', 'fsync', 'jit', 'work_mem', 'random_page_cost'];

/** Description of the machine. */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return [
    `${availableParallelism()} processors (${cpus()[0]?.model.trim()}), ${gibibytes} GiB of memory, Linux ${release()}`,
    `Node ${process.version}`,
    await asOwner(databaseUrl, describeDatabase),
  ].join('; ');
}

async function describeDatabase(knex: Knex): Promise<string> {
  const { rows } = await knex.raw(
    `SELECT current_setting('server_version') AS postgres, postgis_lib_version() AS postgis,
       pg_size_pretty(pg_database_size(current_database())) AS size,
       (SELECT string_agg(name || ' ' || current_setting(name), ', ' ORDER BY name)
        FROM pg_settings WHERE name = ANY (?)) AS settings`,
    [SETTINGS],
  );
  const { postgres, postgis, size, settings } = rows[0];
  return `PostgreSQL ${postgres} with PostGIS ${postgis} (${settings}); the database takes ${size}`;
}
