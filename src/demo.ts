import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Knex } from 'knex';
import { createDemoKeys, hasOwnAdmin, markDemoKeys, writeDemoKeys } from './access/demo-key.store.ts';
import type { Config } from './config.ts';
import { asOwner } from './db/migrations.ts';
import { type Source, serverOf } from './db/start.ts';
import { DEMO_WORLD, stampOf, stampWorld } from './features/worlds/stamp.store.ts';

const REFERENCE = '01_reference';
const DEMO = '02_demo';

export const seedReference = (source: Source) => seed(source, [REFERENCE]);

export const seedReferenceInto = (knex: Knex) => seedInto(knex, REFERENCE);

/** Into an exercise: its incidents are invented. */
export async function seedDemo(source: Source): Promise<void> {
  const { id } = await asOwner(source.ownerConnection, stampOf);
  if (id === 'actual')
    throw new Error(
      'This database is the actual world, which takes no invented incidents. Make an exercise for them in a new database: DATABASE_URL=<new> npm run tripoint -- world new --exercise demo …',
    );
  await seed(source, [DEMO]);
}

/**
 * Fills a new embedded database with the reference data, the demo scenario and demo keys, and returns the file of the
 * keys. It is written last: an interrupted first start is repeated, and each step keeps existing rows. After the first
 * own admin key the database is no demo any more, and demo keys are never created again. A world that was made is none.
 */
export async function prepareDemo(source: Source, config: Config): Promise<string | undefined> {
  if (!source.isEmbedded) return undefined;
  const file = demoKeysFile(config);
  const isThere = file !== undefined && isKept(config) && existsSync(file);
  const isNone = await asOwner(source.ownerConnection, async (knex) => {
    if (isThere) await markDemoKeys(knex, file);
    return (await hasOwnAdmin(knex)) || (await stampOf(knex)).madeAt !== null;
  });
  if (isNone) {
    await endDemo(config);
    return undefined;
  }
  if (isThere) return file;
  await seed(source, [REFERENCE]);
  if (!(await asOwner(source.ownerConnection, (knex) => stampWorld(knex, DEMO_WORLD)))) return undefined;
  await seed(source, [DEMO]);
  const keys = await asOwner(source.ownerConnection, createDemoKeys);
  if (file) await writeDemoKeys(file, keys);
  return file;
}

/** Deletes the file of the demo keys; the first own admin key has already revoked them. */
export async function endDemo(config: Config): Promise<void> {
  const file = demoKeysFile(config);
  if (serverOf(config) === undefined && file) await rm(file, { force: true });
}

const isKept = ({ TRIPOINT_DATA }: Config): boolean => TRIPOINT_DATA !== 'memory';

const demoKeysFile = (config: Config): string | undefined =>
  isKept(config) ? resolve(config.TRIPOINT_DATA, 'demo-keys.json') : config.TRIPOINT_DEMO_KEYS;

const seed = (source: Source, names: readonly string[]): Promise<void> =>
  asOwner(source.ownerConnection, async (knex) => {
    for (const name of names) await seedInto(knex, name);
  });

async function seedInto(knex: Knex, name: string): Promise<void> {
  // sources and build have different file extensions
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  await knex.seed.run({ specific: `${name}.${ending}` });
}
