import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import type { Caller } from '../../src/core/caller.ts';
import { type Database, type MaintenanceRole, openDatabase } from '../../src/db/database.ts';
import { sql, writing } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const TUNISIAN: Caller = { country: 'TUN', agency: 'tun-garde-nationale', roles: ['reporter'] };
const note = sql`INSERT INTO transaction_note (text)`;
const SETTINGS = sql`SELECT current_user::text AS role, current_setting('search_path') AS path,
  current_setting('tripoint.viewer', true) AS viewer, current_setting('tripoint.agency', true) AS agency,
  current_setting('tripoint.trace', true) AS trace, current_setting('statement_timeout') AS timeout,
  current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('jit') AS jit`;

let database: TestDatabase;
let db: Database;
let told: number;
const open = () => openDatabase({ ...database, poolSize: 1, statementTimeoutSeconds: 30, isShared: false });
beforeAll(async () => {
  database = await testDatabase();
  db = open();
  db.changes.onChange(() => told++);
  for (const statement of [
    sql`CREATE TABLE tripoint.transaction_note (text text NOT NULL CHECK (text <> 'forbidden'))`,
    sql`GRANT SELECT, INSERT ON tripoint.transaction_note TO tripoint_service`,
    sql`CREATE FUNCTION tripoint.transaction_note_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN PERFORM base.tell('incidents', 1, 1, NULL, NULL); RETURN NULL; END $$`,
    sql`CREATE TRIGGER told AFTER INSERT ON tripoint.transaction_note
        FOR EACH ROW EXECUTE FUNCTION tripoint.transaction_note_told()`,
    sql`CREATE FUNCTION tripoint.transaction_note_late() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF new.text = 'late' THEN RAISE unique_violation; END IF; RETURN NULL; END $$`,
    sql`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON tripoint.transaction_note DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION tripoint.transaction_note_late()`,
  ])
    await asTableOwner(db, statement);
});
beforeEach(() => {
  told = 0;
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const notes = async () =>
  (await db.query<{ text: string }>(TUNISIAN, sql`SELECT text FROM transaction_note`)).map(
    ({ text }) => text,
  );

test('a statement that succeeds is kept, and its change told once', async () => {
  await db.query(TUNISIAN, sql`${note} VALUES ('kept')`);
  expect(await notes()).toEqual(['kept']);
  expect(told).toBe(1);
});

test('a statement that fails leaves nothing, and no change is told', async () => {
  const statement = sql`${note} VALUES ('first'), ('forbidden')`;
  await expect(db.query(TUNISIAN, statement)).rejects.toMatchObject({ status: 422 });
  expect(await notes()).toEqual(['kept']);
  expect(told).toBe(0);
});

test('a deferred trigger that fails at the commit fails the statement, and no change is told', async () => {
  await expect(db.query(TUNISIAN, sql`${note} VALUES ('late')`)).rejects.toMatchObject({ status: 409 });
  const work = db.transaction(TUNISIAN, (tx) => tx.query(sql`${note} VALUES ('late')`));
  await expect(work).rejects.toMatchObject({ status: 409 });
  expect(await notes()).toEqual(['kept']);
  expect(told).toBe(0);
});

test('a transaction whose failure its work swallows is not acknowledged: COMMIT answers with ROLLBACK', async () => {
  const work = db.transaction(TUNISIAN, async (tx) => {
    await tx.query(sql`${note} VALUES ('swallowed')`);
    await tx.query(sql`${note} VALUES ('forbidden')`).catch(() => {});
    return 'done';
  });
  await expect(work).rejects.toThrow('ended with ROLLBACK');
  expect(await notes()).toEqual(['kept']);
  expect(told).toBe(0);
});

describe.each(['before', 'after'])(
  'a write and its answer in one transaction, %s they are prepared',
  (when) => {
    const written = `written ${when}`;
    const both = (text: string) =>
      db.writeAndRead<{ text: string }>(TUNISIAN, {
        write: writing`INSERT INTO transaction_note (text) VALUES (${text}) RETURNING text || ' is no answer' AS text`,
        read: sql`SELECT n.text FROM transaction_note AS n WHERE n.text = ${text}`,
      });

    test('give the rows of the answer, and tell their change once', async () => {
      expect(await both(written)).toEqual([{ text: written }]);
      expect(told).toBe(1);
      expect(await notes()).toContain(written);
    });

    test.each([
      ['forbidden', 422],
      ['late', 409],
    ])('leave nothing of %s, which fails', async (text, status) => {
      await expect(both(text)).rejects.toMatchObject({ status });
      expect(await notes()).not.toContain(text);
      expect(told).toBe(0);
    });

    test('leave nothing if the answer fails', async () => {
      const broken = {
        write: writing`INSERT INTO transaction_note (text) VALUES (${'unread'}) RETURNING text || ' is no answer' AS text`,
        read: sql`SELECT 1 / (length(${'unread'}::text) - 6) AS none`,
      };
      for (let n = 0; n < 2; n++) await expect(db.writeAndRead(TUNISIAN, broken)).rejects.toThrow();
      expect(await notes()).not.toContain('unread');
      expect(told).toBe(0);
    });
  },
);

test('a write and its answer are one message to the database', async () => {
  const statements = (n: number) => ({
    write: writing`INSERT INTO transaction_note (text) VALUES (${`message ${n}`})`,
    read: sql`SELECT n.text FROM transaction_note AS n WHERE n.text = ${`message ${n}`}`,
  });
  await db.writeAndRead(TUNISIAN, statements(0));
  const submitted = jest.spyOn(pg.Query.prototype as unknown as { submit(): void }, 'submit');
  expect(await db.writeAndRead(TUNISIAN, statements(1))).toEqual([{ text: 'message 1' }]);
  expect(submitted).toHaveBeenCalledTimes(1);
  submitted.mockRestore();
  await asTableOwner(db, sql`DELETE FROM transaction_note WHERE text <> 'kept'`);
});

test('a setting that fails fails the statement before it runs', async () => {
  const nobody = 'tripoint_nobody' as MaintenanceRole;
  const statement = sql`INSERT INTO transaction_note (text) VALUES ('as somebody else')`;
  await expect(db.maintain(nobody, statement)).rejects.toMatchObject({ status: 503 });
  expect(await notes()).toEqual(['kept']);
  expect(told).toBe(0);
});

test('a setting that fails fails a transaction before its work begins', async () => {
  const unheard = { ...TUNISIAN, agency: 'a\0b' };
  let begun = false;
  const work = db.transaction(unheard, async () => {
    begun = true;
  });
  await expect(work).rejects.toBeDefined();
  expect(begun).toBe(false);
  expect(await notes()).toEqual(['kept']);
});

test('a caller with less time for a statement does not lose its connection between two', async () => {
  const [limited] = await db.query({ ...TUNISIAN, statementMs: 50 }, SETTINGS);
  expect(limited).toMatchObject({ timeout: '50ms', idle: '30s' });
});

test('the settings of a caller end with the transaction', async () => {
  const [during] = await db.query(TUNISIAN, SETTINGS);
  expect(during).toMatchObject({
    role: 'tripoint_service',
    path: 'tripoint, public',
    viewer: '9',
    agency: 'tun-garde-nationale',
    timeout: '30s',
    jit: 'off',
  });
  const { default: pg } = await import('pg');
  // the embedded database serves one connection
  await db.close();
  const client = new pg.Client(database.connection);
  await client.connect();
  await client.query("BEGIN; SELECT set_config('tripoint.viewer', '9', true); COMMIT");
  const { rows } = await client.query(
    "SELECT current_setting('tripoint.viewer', true) AS viewer, (SELECT count(*)::int FROM tripoint.zone) AS zones",
  );
  await client.end();
  db = open();
  expect(rows).toEqual([{ viewer: '', zones: 0 }]);
});
