import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { asOwner } from '../../src/db/migrations.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

const onEmbedded = process.env.TEST_DATABASE_URL ? test.skip : test;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

onEmbedded('the upkeep analyses tables, but not their shapes', async () => {
  await asOwner(database.connection, (knex) => knex.raw('UPDATE base.crossing SET names = names'));
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    await client.query('ANALYZE base.border_edge');
    await eventually(async () => {
      const { rows } = await client.query(
        `SELECT count(*)::int AS columns FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid JOIN pg_class AS c ON c.oid = a.attrelid
         WHERE t.typname IN ('geometry', 'geography') AND c.relkind = 'r' AND a.attnum > 0 AND coalesce(a.attstattarget, -1) <> 0`,
      );
      return rows[0].columns === 0;
    });
    await client.query('ANALYZE');
    const { rows } = await client.query(
      `SELECT s.tablename, s.attname FROM pg_stats AS s JOIN pg_attribute AS a ON a.attrelid = (s.schemaname || '.' || s.tablename)::regclass AND a.attname = s.attname
       JOIN pg_type AS t ON t.oid = a.atttypid WHERE t.typname IN ('geometry', 'geography', 'box2df', 'gidx')`,
    );
    expect(rows).toEqual([]);
    const { rowCount } = await client.query(`SELECT FROM pg_stats WHERE tablename = 'border_edge'`);
    expect(rowCount).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
});
