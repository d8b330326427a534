import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { asOwner, migrate, migrationNames } from '../../src/db/migrations.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ isEmpty: true });
});
afterAll(() => database.drop());

/** What the schemas hold, as one text. */
const schemaOf = async (knex: Knex): Promise<string> => {
  const { rows } = await knex.raw(`
    SELECT n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS line
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE n.nspname IN ('base', 'tripoint') AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE 'migration%'
    UNION ALL
    SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname IN ('base', 'tripoint')
    ORDER BY 1`);
  return rows.map(({ line }: { line: string }) => line).join('\n');
};

test('migrating up, down and up again gives the same tables, and nothing is left in between', async () => {
  await asOwner(database.connection, async (knex) => {
    expect(await migrate(knex)).toEqual(await migrationNames());
    const first = await schemaOf(knex);
    expect(await migrate(knex)).toEqual([]);
    await knex.migrate.rollback(undefined, true);
    expect(await schemaOf(knex)).toBe('');
    await migrate(knex);
    expect(await schemaOf(knex)).toBe(first);
  });
}, 180_000);

test('names of migrations are unique and in order', async () => {
  const stamps = readdirSync('migrations').map((file) => file.slice(0, 14));
  expect(new Set(stamps).size).toBe(stamps.length);
  expect(await migrationNames()).toEqual([...(await migrationNames())].sort());
});
