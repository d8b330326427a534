import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDemoKeys, writeDemoKeys } from './access/demo-key.store.ts';
import type { Config } from './config.ts';
import { asOwner } from './db/migrations.ts';
import type { Source } from './db/start.ts';

const REFERENCE = '01_reference';
const DEMO = '02_demo';

export const seedReference = (source: Source) => seed(source, [REFERENCE]);
export const seedDemo = (source: Source) => seed(source, [DEMO]);

/**
 * Fills a new embedded database with the reference data, the demo scenario and demo keys, and answers where the keys
 * are. They are written last: a first start that was cut off is done again, and each step leaves alone what is there.
 */
export async function prepareDemo(source: Source, config: Config): Promise<string | undefined> {
  if (!source.isEmbedded) return undefined;
  const isKept = config.TRIPOINT_DATA !== 'memory';
  const file = isKept ? resolve(config.TRIPOINT_DATA, 'demo-keys.json') : config.TRIPOINT_DEMO_KEYS;
  if (isKept && file && existsSync(file)) return file;
  await seed(source, [REFERENCE, DEMO]);
  const keys = await asOwner(source.ownerConnection, createDemoKeys);
  if (file) await writeDemoKeys(file, keys);
  return file;
}

function seed(source: Source, names: readonly string[]): Promise<void> {
  // the sources and the build have different endings
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return asOwner(source.ownerConnection, async (knex) => {
    for (const name of names) await knex.seed.run({ specific: `${name}.${ending}` });
  });
}
