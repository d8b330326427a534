import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ANONYMOUS, type Caller } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { MOST_KEPT } from '../../src/db/prepared.names.ts';
import { plannedEachTime, plannedOnce, Sql, sql } from '../../src/db/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const FLOOD = MOST_KEPT + 200;
const OF_TRANSACTIONS = ['settings', 'planning'];

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

const aCaller = (share: string): Caller => ({ ...ANONYMOUS, lane: 'strangers', share });
const form = (n: number) => new Sql([`SELECT ${n} AS form_${n} WHERE `, ''], [sql`true`]);

interface Prepared {
  name: string;
  statement: string;
  custom: number;
  generic: number;
}

/** What the one connection keeps. */
const prepared = () =>
  db.query<Prepared>(
    ANONYMOUS,
    sql`SELECT name, statement, custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements`,
  );

test('a flood of combinations displaces no usual statement, and the database forgets what it displaces', async () => {
  const usual = sql`SELECT 'asked by everybody' AS what`;
  const own = sql`SELECT 'asked by one' AS what`;
  for (const share of ['a', 'b']) await db.query(aCaller(share), usual);
  await db.query(aCaller('c'), own);
  for (let n = 0; n < FLOOD; n++) await db.query(aCaller('stranger'), plannedEachTime(form(n)));
  const kept = (await prepared()).filter(({ name }) => !OF_TRANSACTIONS.includes(name));
  const texts = kept.map(({ statement }) => statement);
  expect(texts).toEqual(
    expect.arrayContaining(["SELECT 'asked by everybody' AS what", "SELECT 'asked by one' AS what"]),
  );
  expect(kept.length).toBe(MOST_KEPT);
  expect(new Set(kept.map(({ name }) => name)).size).toBe(MOST_KEPT);
  // a displaced one is prepared again
  expect(await db.query(aCaller('stranger'), plannedEachTime(form(0)))).toEqual([{ form_0: 0 }]);
  expect(texts).not.toContain('SELECT 0 AS form_0 WHERE true');
});

test('in a transaction too, a failed statement displaces another one and can be asked again', async () => {
  const failing = sql`SELECT 1 / ${0}::int AS quotient`;
  const work = (tx: { query(statement: Sql): Promise<unknown[]> }) => tx.query(failing);
  for (let n = 0; n < 3; n++) await expect(db.transaction(aCaller('stranger'), work)).rejects.toBeDefined();
  for (let n = 0; n < MOST_KEPT; n++)
    await db.transaction(aCaller('stranger'), (tx) => tx.query(form(FLOOD + n)));
  await expect(db.transaction(aCaller('stranger'), work)).rejects.toBeDefined();
  expect(await db.query(aCaller('stranger'), form(FLOOD))).toEqual([{ [`form_${FLOOD}`]: FLOOD }]);
});

test('a statement is planned for its values, once, or as PostgreSQL decides, also among others of a transaction', async () => {
  const counted = (n: number) => sql`SELECT ${n}::int AS counted`;
  const chosen = (n: number) => plannedEachTime(sql`SELECT ${n}::int AS chosen`);
  const settled = (n: number) => plannedOnce(sql`SELECT ${plannedEachTime(sql`${n}::int`)} AS settled`);
  for (let n = 0; n < 8; n++) {
    for (const statement of [counted(n), chosen(n), settled(n)]) await db.query(ANONYMOUS, statement);
    const rows = await db.transaction(ANONYMOUS, async (tx) => [
      await tx.queryOne(counted(n)),
      await tx.queryOne(chosen(n)),
      await tx.queryOne(chosen(n)),
      await tx.queryOne(settled(n)),
      await tx.queryOne(counted(n)),
    ]);
    expect(rows).toEqual([{ counted: n }, { chosen: n }, { chosen: n }, { settled: n }, { counted: n }]);
  }
  const plansOf = async (word: string) => {
    const [one] = (await prepared()).filter(({ statement }) => statement === `SELECT $1::int AS ${word}`);
    return [one!.custom, one!.generic];
  };
  expect(await plansOf('chosen')).toEqual([24, 0]);
  expect(await plansOf('settled')).toEqual([0, 16]);
  expect(await plansOf('counted')).toEqual([5, 19]);
});
