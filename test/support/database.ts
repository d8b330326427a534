import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import type { EmbeddedDatabase, EmbeddedSettings } from '../../src/db/embedded/embedded.ts';
import { type Beginning, beginningOf, bringBack } from './embedded.reset.ts';
import { createServerDatabase, dropServerDatabase } from './server.database.ts';

export interface TestDatabase {
  connection: ClientConfig;
  poolSize: number;
  isEmbedded: boolean;
  drop(): Promise<void>;
}

/**
 * A database for one test file alone: migrated, with the reference data, unless it is to be empty. Embedded ones are
 * reset between files.
 */
export async function testDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const { TRIPOINT_TEST_FOLDER: folder, TRIPOINT_TEST_TEMPLATE: template } = process.env;
  if (process.env.TEST_DATABASE_URL) {
    const { name, connection } = await createServerDatabase(isEmpty ? undefined : template);
    return { connection, poolSize: 5, isEmbedded: false, drop: () => dropServerDatabase(name) };
  }
  if (isEmpty) return ownEmbedded({ folder: 'memory' });
  const settings = { folder: 'memory', image: join(folder!, 'image') };
  return isKeptInUse ? ownEmbedded(settings) : keptEmbedded(settings);
}

const embedded = ({ connection }: EmbeddedDatabase, drop: TestDatabase['drop']): TestDatabase => ({
  connection,
  poolSize: 1,
  isEmbedded: true,
  drop,
});

async function ownEmbedded(settings: EmbeddedSettings): Promise<TestDatabase> {
  const database = await open(settings);
  return embedded(database, () => database.close());
}

// for one test file after another of this worker
let kept: EmbeddedDatabase | undefined;
let beginning: Beginning | undefined;
let isKeptInUse = false;

async function keptEmbedded(settings: EmbeddedSettings): Promise<TestDatabase> {
  isKeptInUse = true;
  if (kept && !(await bringBack(kept.connection, beginning!))) {
    await kept.close();
    kept = undefined;
  }
  kept ??= await open(settings);
  kept.unref();
  beginning ??= await beginningOf(kept.connection);
  return embedded(kept, async () => {
    isKeptInUse = false;
  });
}

async function open(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
  // a run on a server does not load it
  const { openEmbedded } = await import('../../src/db/embedded/embedded.ts');
  return openEmbedded(settings);
}
