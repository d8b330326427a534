import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { createKey } from '../../src/access/key.store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { anIncident } from '../support/builders.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { AUTUMN, type NewWorld, openNewWorld, rowsOf } from '../support/new.worlds.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { as, serviceOver } from '../support/service.ts';

// The embedded database has no second one beside it.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('world end and world drop', () => {
  let processes: Processes;
  let actual: TestDatabase;
  let actualUrl: string;
  let world: NewWorld;
  beforeAll(async () => {
    processes = await openProcesses();
    actual = await testDatabase();
    actualUrl = actual.connection.connectionString!;
    world = await openNewWorld(processes);
    await world.run('world', 'new', ...AUTUMN, '--from', actualUrl);
    const { key } = await asOwner(world.connection, (knex) =>
      createKey(knex, { agency: 'tun-garde-nationale', roles: ['operator'] }),
    );
    const db = openDatabase({ connection: world.connection, poolSize: 2, statementTimeoutSeconds: 60 });
    await supertest(serviceOver(db)).post('/v1/incidents').set(as(key)).send(anIncident()).expect(201);
    await db.close();
  }, 60_000);
  afterAll(async () => {
    await processes.end();
    await actual.drop();
    await world.drop();
  });

  const drop = () => world.refusal('world', 'drop', '--proof-to', actualUrl);
  const logged = () =>
    rowsOf(
      actualUrl,
      `SELECT action, target, row_count, shares, target_readers, detail
    FROM base.audit_entry WHERE collection = 'worlds' ORDER BY id`,
    );

  test('keep an exercise that goes on, and the actual world', async () => {
    expect(await drop()).toMatch(/The exercise autumn goes on\. End it first: tripoint world end/);
    for (const args of [['end'], ['drop', '--proof-to', actualUrl]]) {
      const { code, output } = await processes.run(['world', ...args], { DATABASE_URL: actualUrl });
      expect(`${code} ${output}`).toMatch(/^1 .*is the actual world\. It has no end/s);
    }
  }, 60_000);

  test('end an exercise once', async () => {
    expect(await world.run('world', 'end')).toMatch(/autumn has ended: it is read-only/);
    expect(await world.refusal('world', 'end')).toMatch(/The exercise autumn ended at 20/);
    expect(await world.run('world', 'show')).toMatch(/ended: 20.*; read-only since then/);
  }, 60_000);

  test('keep an exercise that somebody uses, or whose proof has no place in the actual world', async () => {
    await asOwner(world.connection, async (knex) => {
      await knex.raw('SELECT 1');
      expect(await drop()).toMatch(/1 sessions? use/);
    });
    expect(await world.refusal('world', 'drop', '--proof-to', world.url)).toMatch(
      /names the exercise autumn/,
    );
    expect(await logged()).toEqual([]);
  }, 60_000);

  test('drop the database, and prove in the log of the actual world what it held', async () => {
    const segments = await world.rows('SELECT t::text AS text FROM base.segment AS t');
    const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
    const hashes = segments.map(({ text }) => sha256(text)).sort(Buffer.compare);
    const expected = sha256(Buffer.concat(hashes)).toString('hex');
    expect(await world.run('world', 'drop', '--proof-to', actualUrl)).toContain(
      'The exercise autumn is dropped',
    );
    expect(await rowsOf(actualUrl, `SELECT FROM pg_database WHERE datname = '${world.name}'`)).toEqual([]);
    const entries = await logged();
    expect(entries.find(({ detail }) => detail.startsWith('table segment:'))).toEqual({
      action: 'purge',
      target: 'autumn',
      row_count: 50,
      shares: [50, 0, 50],
      target_readers: 10,
      detail: `table segment: 50 rows; SHA-256 ${expected}`,
    });
    expect(entries.find(({ detail }) => detail.startsWith('table incident:')).row_count).toBe(1);
    expect(entries.at(-1)).toMatchObject({ action: 'remove', target: 'autumn', row_count: 1 });
  }, 60_000);
});
