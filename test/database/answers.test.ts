import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Caller, CountryCode } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  const { connection, poolSize } = database;
  db = openDatabase({ connection, poolSize, statementTimeoutSeconds: 60 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const callerOf = (n: number): Caller => {
  const country: CountryCode = n % 2 === 0 ? 'LBY' : 'TUN';
  return { country, agency: `${country}-${n}`, roles: [] };
};

/** The number and the caller as the database sees them. */
const ask = (n: number) =>
  db.query<{ n: number; agency: string }>(
    callerOf(n),
    sql`SELECT ${n}::int AS n, current_setting('tripoint.agency') AS agency`,
  );

const fail = (n: number) => db.query(callerOf(n), sql`SELECT 1 / ${0}::int AS n`);

// The embedded database once ended a failed statement twice: from then on each answer went to the question behind its own.
test('each query gets its own answer as its own caller, however many others fail', async () => {
  for (let round = 0; round < 20; round++) {
    const numbers = Array.from({ length: 30 }, (_, k) => round * 30 + k);
    await Promise.all(
      numbers.map(async (n) => {
        if (n % 3 === 0) return expect(fail(n)).rejects.toThrow(/division by zero/);
        return expect(await ask(n)).toEqual([{ n, agency: callerOf(n).agency }]);
      }),
    );
  }
});

test('a one-row query with no row or two rows fails', async () => {
  const rowsUpTo = (count: number) => sql`SELECT n FROM generate_series(1, ${count}::int) AS n`;
  await expect(db.queryOne(callerOf(1), rowsUpTo(1))).resolves.toEqual({ n: 1 });
  await expect(db.queryOne(callerOf(1), rowsUpTo(0))).rejects.toThrow('gave 0');
  const inTransaction = db.transaction(callerOf(1), (tx) => tx.queryOne(rowsUpTo(2)));
  await expect(inTransaction).rejects.toThrow('gave 2');
  await expect(db.maintainOne('tripoint_watch', rowsUpTo(2))).rejects.toThrow('gave 2');
});
