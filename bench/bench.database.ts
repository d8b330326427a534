import type { Knex } from 'knex';
import { asOwner, migrate } from '../src/db/migrations.ts';
import { growIncidents, PLACED } from './incidents.growth.ts';
import { seedIncidents } from './incidents.seed.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { seedZones } from './zones.seed.ts';

/** A database with the requested number of synthetic rows; a filled one is reused. */
export async function prepareDatabase(options: Options): Promise<string> {
  const url = new URL(options.serverUrl);
  url.pathname = options.database;
  await create(options);
  await asOwner(url.href, migrate);
  await asOwner(url.href, renewTexts);
  const found = await asOwner(url.href, countRows);
  if (found.incidents === options.incidents && found.zones === options.zones) {
    say(
      `${options.database} is there, with ${found.incidents} incidents and ${found.zones} zones (--fresh recreates it).`,
    );
    return url.href;
  }
  if (found.incidents + found.zones > 0) return prepareDatabase({ ...options, isFresh: true });
  await fill(url.href, options);
  return url.href;
}

const create = ({ serverUrl, database, isFresh }: Options): Promise<void> =>
  asOwner(serverUrl, async (server) => {
    if (isFresh) await server.raw(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    const { rows } = await server.raw('SELECT 1 FROM pg_database WHERE datname = ?', [database]);
    if (rows.length === 0) await server.raw(`CREATE DATABASE ${database} TEMPLATE template0`);
  });

/** What a job of the service does after an upgrade. */
async function renewTexts(knex: Knex): Promise<void> {
  const { rows } = await knex.raw('SELECT tripoint.renew_incident_texts(10000) AS passed');
  if (rows[0].passed > 0) await renewTexts(knex);
}

async function countRows(knex: Knex): Promise<{ incidents: number; zones: number }> {
  const { rows } = await knex.raw(`
    SELECT (SELECT count(*)::int FROM base.incident WHERE source = 'bench') AS incidents,
           (SELECT count(*)::int FROM base.zone WHERE source = 'bench') AS zones`);
  return rows[0];
}

async function fill(url: string, options: Options): Promise<void> {
  const startedMs = performance.now();
  await asOwner(url, (knex) => knex.seed.run({ specific: '01_reference.ts' }));
  await seedIncidents(url, Math.min(options.incidents, PLACED));
  await asOwner(url, (knex) => seedZones(knex, options.zones));
  if (options.incidents > PLACED) await growIncidents(url, options.incidents);
  await asOwner(url, (knex) => knex.raw('VACUUM (ANALYZE)'));
  say(`Seeded in ${Math.round((performance.now() - startedMs) / 1000)} s.`);
}
