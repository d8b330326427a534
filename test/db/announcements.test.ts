import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Caller } from '../../src/core/caller.ts';
import { CHANNEL } from '../../src/db/change.log.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

const TUNISIAN: Caller = { country: 'TUN', agency: 'tun-garde-nationale', roles: ['reporter'] };
const WRITERS = 40;
// the embedded database has no other process
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('changes that many writers announce to other processes at the same time', () => {
  let database: TestDatabase;
  let db: Database;
  let listener: pg.Client;
  const heard: string[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    db = openDatabase({ ...database, poolSize: 10, statementTimeoutSeconds: 30 });
    await asTableOwner(
      db,
      sql`CREATE FUNCTION tripoint.tell_of(n int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
          BEGIN PERFORM base.tell('collection-' || n, 1, 1, NULL, NULL); END $$`,
    );
    listener = new pg.Client(database.connection);
    await listener.connect();
    listener.on('notification', ({ payload }) => heard.push(/collection-\d+/.exec(payload!)![0]));
    await listener.query(`LISTEN ${CHANNEL}`);
  });
  afterAll(async () => {
    await listener.end();
    await db.close();
    await database.drop();
  });

  test('all arrive, each once', async () => {
    const numbers = Array.from({ length: WRITERS }, (_, n) => n);
    await Promise.all(numbers.map((n) => db.query(TUNISIAN, sql`SELECT tripoint.tell_of(${n})`)));
    await eventually(() => heard.length >= WRITERS);
    expect(heard.toSorted()).toEqual(numbers.map((n) => `collection-${n}`).toSorted());
  });

  test('one that comes alone arrives, too', async () => {
    heard.length = 0;
    await db.query(TUNISIAN, sql`SELECT tripoint.tell_of(1)`);
    await eventually(() => heard.length > 0);
    expect(heard).toEqual(['collection-1']);
  });
});
