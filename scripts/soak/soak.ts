import { randomUUID } from 'node:crypto';
import { createDemoKeys } from '../../src/access/demo-key.store.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { type Cluster, openCluster } from '../../test/support/cluster.ts';
import { readOptions } from './options.ts';
import { runSoak } from './run.ts';
import { siteOnServer } from './sites.ts';
import { worldOf } from './world.ts';

const KILL_EVERY_SECONDS = 20;
const MOST_SHOWN = 50;

const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);

/** A database with the reference data, dropped afterwards. */
async function withDatabase<T>(serverUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `tripoint_soak_${randomUUID().replaceAll('-', '')}`;
  await asOwner(serverUrl, (knex) => knex.raw(`CREATE DATABASE ${name}`));
  const url = new URL(serverUrl);
  url.pathname = name;
  try {
    return await work(url.href);
  } finally {
    await asOwner(serverUrl, (knex) => knex.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

async function soak(serverUrl: string, cluster: Cluster | undefined): Promise<boolean> {
  const { minutes, writes, followers } = readOptions(process.argv.slice(2));
  return withDatabase(serverUrl, async (url) => {
    const keys = await asOwner(url, async (knex) => {
      await migrate(knex);
      await knex.seed.run({ specific: '01_reference.ts' });
      return createDemoKeys(knex);
    });
    const world = worldOf(keys);
    const site = await siteOnServer(url, world, cluster?.restart);
    try {
      const { figures, faults } = await runSoak(site, {
        seconds: minutes * 60,
        writes,
        followers,
        readers: world.readers,
        killEverySeconds: KILL_EVERY_SECONDS,
      });
      for (const [name, figure] of Object.entries(figures)) say(`${name.padEnd(20)} ${figure}`);
      for (const fault of faults.slice(0, MOST_SHOWN)) say(fault);
      return faults.length === 0;
    } finally {
      await site.close();
    }
  });
}

const given = process.env.SOAK_DATABASE_URL;
const cluster = given ? undefined : await openCluster();
const serverUrl = given ?? cluster?.url();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.resolve(cluster?.remove()).finally(() => process.exit(1)));
try {
  if (!serverUrl) throw new Error('Set SOAK_DATABASE_URL: no PostgreSQL with PostGIS was found to start.');
  if (!(await soak(serverUrl, cluster))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await cluster?.remove();
}
