import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { plannedEachTime, Sql, sql } from '../../src/db/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase({ connection: database.connection, poolSize: 1, statementTimeoutSeconds: 60 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test('filters of 500 forms evict no prepared statement', async () => {
  for (let n = 0; n < 500; n++)
    await db.query(ANONYMOUS, plannedEachTime(new Sql([`SELECT 1 AS form_${n} WHERE `, ''], [sql`true`])));
  await db.query(ANONYMOUS, sql`SELECT 'asked again and again' AS what`);
  const kept = await db.query<{ statement: string }>(
    ANONYMOUS,
    sql`SELECT statement FROM pg_prepared_statements`,
  );
  const texts = kept.map(({ statement }) => statement);
  expect(texts).toContain("SELECT 'asked again and again' AS what");
  expect(texts.filter((text) => text.includes('form_'))).toEqual([]);
});
