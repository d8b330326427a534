import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { readCatalogue } from '../../src/db/schema.catalogue.ts';
import { clientFolder } from '../support/client.programs.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';

const run = promisify(execFile);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('pg_dump and pg_restore give back every object, and a database that needs no migration', async () => {
  // the embedded database speaks no COPY over its socket
  if (database.isEmbedded) return;
  const folder = clientFolder();
  if (!folder) throw new Error('pg_dump is needed: install postgresql-client.');
  const url = (database.connection as { connectionString: string }).connectionString;
  const file = join(process.env.TRIPOINT_TEST_FOLDER!, 'dump');
  await run(join(folder, 'pg_dump'), ['--format=custom', `--file=${file}`, url]);
  const restored = await createServerDatabase();
  try {
    const target = restored.connection.connectionString;
    await run(join(folder, 'pg_restore'), ['--exit-on-error', `--dbname=${target}`, file]);
    const [before, after] = await Promise.all([asOwner(url, readCatalogue), asOwner(target, readCatalogue)]);
    expect(after).toBe(before);
    expect(await asOwner(target, (knex) => migrate(knex))).toEqual([]);
  } finally {
    await dropServerDatabase(restored.name);
  }
});
