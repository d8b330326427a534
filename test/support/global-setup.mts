import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { createDemoKeys } from '../../src/access/demo-key.store.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { findImage } from '../../src/db/new.database.ts';
import { createServerDatabase } from './server.database.ts';

/**
 * One migrated database with the reference data and a key of every kind, made once; each test file works on a copy:
 * of the template database of a server, or of an image of the embedded database.
 */
export default async function () {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-test-'));
  process.env.TRIPOINT_TEST_FOLDER = folder;
  if (process.env.TEST_DATABASE_URL) {
    const template = await createServerDatabase();
    process.env.TRIPOINT_TEST_TEMPLATE = template.name;
    return prepare(template.connection, folder);
  }
  const { openEmbedded } = await import('../../src/db/embedded/embedded.ts');
  const first = join(folder, 'first');
  const image = findImage();
  const embedded = await openEmbedded({ folder: first, ...(image && { image }) });
  await prepare(embedded.connection, folder);
  await embedded.copyTo(join(folder, 'image'));
  await embedded.close();
  await rm(first, { recursive: true });
}

const prepare = (connection: ClientConfig, folder: string) =>
  asOwner(connection, async (knex) => {
    await migrate(knex);
    await knex.seed.run({ specific: '01_reference.ts' });
    await writeFile(join(folder, 'keys.json'), JSON.stringify(await createDemoKeys(knex)));
  });
