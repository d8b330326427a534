import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ isEmpty: true });
});
afterAll(() => database.drop());

const ours = `n.nspname IN ('base', 'tripoint')`;
// What the columns do not tell: test/database/schema.test.ts compares those.
const definitions: Record<string, string> = {
  indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname IN ('base', 'tripoint') AND tablename !~ '^migration'`,
  constraints: `SELECT c.conrelid::regclass || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    FROM pg_constraint AS c JOIN pg_namespace AS n ON n.oid = c.connamespace
    WHERE ${ours} AND c.conrelid::regclass::text !~ 'migration'`,
  views: `SELECT c.oid::regclass || ' ' || coalesce(c.reloptions::text, '') || ' ' || pg_get_viewdef(c.oid)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${ours} AND c.relkind = 'v'`,
  functions: `SELECT CASE p.prokind WHEN 'a' THEN p.oid::regprocedure::text ELSE pg_get_functiondef(p.oid) END
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${ours}`,
  triggers: `SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${ours} AND NOT t.tgisinternal`,
  rights: `SELECT c.oid::regclass || ' ' || coalesce(c.relacl::text, '') FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${ours} AND c.relkind IN ('r', 'v', 'S') AND c.relname !~ '^migration'
    UNION ALL
    SELECT p.oid::regprocedure || ' ' || coalesce(p.proacl::text, '') FROM pg_proc AS p
    JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${ours}`,
};

async function read(knex: Knex): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [what, statement] of Object.entries(definitions)) {
    const { rows } = await knex.raw(statement);
    found[what] = rows.map((row: object) => Object.values(row).join()).sort();
  }
  return found;
}

test('after the way down and up again, indexes, rules, views, functions, triggers and rights are the same', async () => {
  await asOwner(database.connection, async (knex) => {
    await migrate(knex);
    const first = await read(knex);
    for (const lines of Object.values(first)) expect(lines.length).toBeGreaterThan(5);
    await knex.migrate.rollback(undefined, true);
    for (const lines of Object.values(await read(knex))) expect(lines).toEqual([]);
    await migrate(knex);
    expect(await read(knex)).toEqual(first);
  });
});
