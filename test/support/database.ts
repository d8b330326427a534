import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { createServerDatabase, dropServerDatabase } from './server.database.ts';

export interface TestDatabase {
  connection: ClientConfig;
  poolSize: number;
  isEmbedded: boolean;
  drop(): Promise<void>;
}

/** A database of its own for one test file: migrated, with the reference data, unless it is to be empty. */
export async function testDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const { TRIPOINT_TEST_FOLDER: folder, TRIPOINT_TEST_TEMPLATE: template } = process.env;
  if (process.env.TEST_DATABASE_URL) {
    const { name, connection } = await createServerDatabase(isEmpty ? undefined : template);
    return { connection, poolSize: 5, isEmbedded: false, drop: () => dropServerDatabase(name) };
  }
  const image = join(folder!, 'image.tar.gz');
  const { openEmbedded } = await import('../../src/db/embedded/embedded.ts');
  const embedded = await openEmbedded({ folder: 'memory', ...(!isEmpty && { image }) });
  return { connection: embedded.connection, poolSize: 1, isEmbedded: true, drop: () => embedded.close() };
}
