import { afterAll, beforeAll, test } from '@jest/globals';
import pg from 'pg';
import type { Caller } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// the embedded database has one connection, so nothing can be asked while it works: test/db/lanes.test.ts
const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;
const KEY = 4711;
const STRANGER: Caller = { roles: [], lane: 'strangers', share: 'one address' };

let service: TestService;
let db: Database;
let holder: pg.Client;
beforeAll(async () => {
  service = await startService();
  db = openDatabase({ connection: service.connection, poolSize: 10, statementTimeoutSeconds: 60 });
});
afterAll(async () => {
  await db.close();
  await service.stop();
});

/** Sixty statements of a caller that end only with the lock that `work` runs under. */
async function whileStuck(caller: Caller, work: () => Promise<void>): Promise<void> {
  holder = new pg.Client(service.connection);
  await holder.connect();
  await holder.query(`SELECT pg_advisory_lock(${KEY})`);
  const stuck = Array.from({ length: 60 }, () =>
    db.query(caller, sql`SELECT pg_advisory_xact_lock_shared(${KEY}::int)`),
  );
  const ended = Promise.all(stuck);
  try {
    await eventually(() => db.poolStats().lanes.some(({ waiting }) => waiting > 0));
    await work();
  } finally {
    await holder.end();
    await ended;
  }
}

onServer('while statements of strangers are stuck, every country reads and reports', async () => {
  const api = service.apiWith({ db });
  await whileStuck(STRANGER, async () => {
    for (const country of ['DZA', 'LBY', 'TUN'] as const) {
      const reporter = as(keyOf(country, 'reporter'));
      await api.get('/v1/incidents').set(reporter).expect(200);
      await api.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
    }
  });
});

onServer(
  'while reads of one country are stuck, it reports distress, and others and strangers read',
  async () => {
    const api = service.apiWith({ db });
    await whileStuck({ country: 'TUN', roles: [], share: 'one key' }, async () => {
      const distress = anIncident({ kind: 'distress' });
      await api
        .post('/v1/incidents')
        .set(as(keyOf('TUN', 'reporter')))
        .send(distress)
        .expect(201);
      await api
        .get('/v1/incidents')
        .set(as(keyOf('DZA', 'reporter')))
        .expect(200);
      await api.get('/v1/borders').expect(200);
      await db.maintain('tripoint_watch', sql`SELECT 1`);
    });
  },
);
