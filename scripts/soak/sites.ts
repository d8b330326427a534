import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asOwner } from '../../src/db/migrations.ts';
import { openInstance } from './instance.ts';
import type { Site } from './run.ts';
import { readKeys, type World, worldOf } from './world.ts';

export interface OpenSite extends Site {
  close(): Promise<void>;
}

/** Two services on one database of a server: one of two processes, and one of one. */
export async function siteOnServer(
  databaseUrl: string,
  world: World,
  restartDatabase?: () => Promise<void>,
): Promise<OpenSite> {
  const settings = { DATABASE_URL: databaseUrl };
  const instances = [await openInstance({ ...settings, PROCESSES: '2' }), await openInstance(settings)];
  for (const instance of instances) await instance.start();
  return {
    instances,
    world,
    asOwner: (work) => asOwner(databaseUrl, work),
    ...(restartDatabase && { restartDatabase }),
    async close() {
      for (const instance of instances) await instance.stop();
    },
  };
}

/** One process on an embedded database in its own folder. */
export async function siteOnEmbedded(): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-soak-'));
  const data = join(folder, 'data');
  const instance = await openInstance({ DATABASE_URL: '', TRIPOINT_DATA: data });
  await instance.start();
  return {
    instances: [instance],
    world: worldOf(await readKeys(join(data, 'demo-keys.json'))),
    async close() {
      await instance.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
