import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { anIncident } from '../support/builders.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf } from '../support/service.ts';

// The embedded database is killed with its service, in test/server.test.ts; here it must outlive it to be asked.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('the service, killed while it answers', () => {
  let database: TestDatabase;
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    database = await testDatabase();
    child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: (database.connection as { connectionString: string }).connectionString,
        PORT: '0',
        LOG_LEVEL: 'error',
      },
    });
    let greeting = '';
    for await (const piece of child.stdout!) {
      greeting += piece;
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0] ?? '';
      if (url) break;
    }
  }, 120_000);
  afterAll(async () => {
    child.kill('SIGKILL');
    await database.drop();
  });

  test('has an entry for every answer that has left', async () => {
    const amber = uuidv7();
    const headers = { ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json' };
    const write = (id: string, requestId: string) =>
      fetch(`${url}/v1/incidents/${id}`, {
        method: 'PUT',
        headers: { ...headers, 'X-Request-Id': requestId },
        body: JSON.stringify(anIncident()),
      });
    expect((await write(amber, 'first')).status).toBe(201);

    const answered: string[] = [];
    let isOver = false;
    const client = async (n: number) => {
      for (let m = 0; !isOver; m++) {
        const requestId = `kill-${n}-${m}`;
        const asked =
          n % 2 === 0
            ? write(uuidv7(), requestId)
            : fetch(`${url}/v1/incidents/${amber}`, { headers: { ...headers, 'X-Request-Id': requestId } });
        // the first byte is enough: the head has come
        const answer = await asked.catch(() => undefined);
        if (!answer) return;
        if (answer.ok) answered.push(requestId);
        await answer.text().catch(() => '');
      }
    };
    const clients = Promise.all(Array.from({ length: 12 }, (_, n) => client(n)));
    await eventually(() => answered.length > 100);
    child.kill('SIGKILL');
    await once(child, 'exit');
    isOver = true;
    await clients;

    const owner = new pg.Client(database.connection);
    await owner.connect();
    const { rows } = await owner.query(
      `SELECT DISTINCT e.request_id AS id FROM base.audit_entry AS e WHERE e.action IN ('create', 'read')`,
    );
    await owner.end();
    const known = new Set(rows.map(({ id }) => id));
    process.stdout.write(`${answered.length} answers before the kill\n`);
    expect(answered.length).toBeGreaterThan(20);
    expect(answered.filter((id) => !known.has(id))).toEqual([]);
  }, 60_000);
});
