import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { askEach, askOnce, processesOf } from '../support/many.processes.ts';
import { openProcesses, type Processes, type Running } from '../support/processes.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';
import { decodeTile, pathOfTile, tileOf } from '../support/tiles.ts';

// The embedded database has one process.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const COUNT = 3;
const PLACE: [number, number] = [8.42, 35.2];
const operator = keyOf('TUN', 'operator');
/** UUIDs of version 7, which are ordered by time. */
let made = 0;
const newId = () => `0199e0c4-6d00-7c1e-9f5e-${String(++made).padStart(12, '0')}`;
const admin = keyOf('TUN', 'admin');

onServer('a service of three processes', () => {
  let service: TestService;
  let processes: Processes;
  let running: Running;
  let database: pg.Client;
  beforeAll(async () => {
    service = await startService();
    processes = await openProcesses();
    running = await start();
    database = new pg.Client(service.connection);
    await database.connect();
  }, 120_000);
  afterAll(async () => {
    await database.end();
    await processes.end();
    await service.stop();
  });

  const start = (env: Record<string, string> = {}) =>
    processes.start({
      DATABASE_URL: (service.connection as { connectionString: string }).connectionString,
      PROCESSES: String(COUNT),
      DOWNLOAD_FOLDER: join(processes.folder, 'files'),
      STREAMS_PER_KEY: '4',
      ...env,
    });
  const pids = () => processesOf(running.child.pid!);
  const whole = () =>
    eventually(async () => pids().length === COUNT && (await countListening()) === COUNT, 60_000);
  const countListening = async () => {
    const metrics = await askOnce(running.url, { path: '/metrics' }).catch(() => undefined);
    return Number(/^service_processes (\d+)/m.exec(String(metrics?.bytes))?.[1]);
  };
  const add = async (properties: object = {}) => {
    const { status, json } = await askOnce(running.url, {
      path: '/v1/incidents',
      method: 'POST',
      key: operator,
      body: anIncident({ at: PLACE, tlp: 'CLEAR', ...properties }),
    });
    expect(status).toBe(201);
    return (json() as { id: string }).id;
  };
  /** Six writers, each while it may go on after its last answer; undefined: the connection was cut. */
  function writeWhile(mayGoOn: (status?: number) => boolean) {
    const kept: string[] = [];
    const write = async () => {
      const id = newId();
      const answer = await askOnce(running.url, {
        path: `/v1/incidents/${id}`,
        method: 'PUT',
        key: operator,
        body: anIncident({ at: PLACE, tlp: 'GREEN' }),
      }).catch(() => undefined);
      if (answer?.status === 201) kept.push(id);
      return answer?.status;
    };
    const writers = Array.from({ length: 6 }, async () => {
      while (mayGoOn(await write()));
    });
    return { kept, ended: Promise.all(writers) };
  }
  const narrow = (id: string) =>
    askOnce(running.url, {
      path: '/v1/release',
      method: 'POST',
      key: operator,
      body: { collection: 'incidents', id, tlp: 'RED' },
    });

  test('share the port, and say so at the start', async () => {
    expect(running.output()).toContain(`with ${COUNT} processes`);
    expect(pids()).toHaveLength(COUNT);
    await askEach(running.url, COUNT, { path: '/v1/borders' }, 2);
    const metrics = await askOnce(running.url, { path: '/metrics' });
    // each counts its own requests, and one answers for all
    expect(String(metrics.bytes)).toMatch(
      new RegExp(`^http_requests_total\\{.*route="/v1/borders".*\\} ${2 * COUNT}$`, 'm'),
    );
  });

  test('share the connections of DATABASE_POOL_SIZE', async () => {
    await askEach(running.url, COUNT, { path: '/v1/incidents' }, 30);
    const { rows } = await database.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query NOT LIKE 'LISTEN%'",
    );
    // the comparison after a restore has one, and so has this test
    expect(rows[0].n).toBeLessThanOrEqual(10 * COUNT + COUNT + 1);
  });

  test('acknowledge a narrower label after each of them has dropped what it keeps', async () => {
    const id = await add();
    const path = pathOfTile('incidents', tileOf(12, PLACE));
    const isShown = (bytes: Buffer) =>
      Object.values(decodeTile(bytes))
        .flat()
        .some(({ properties }) => properties.id === id);
    const before = await askEach(running.url, COUNT, { path }, 3);
    expect(before.map(({ bytes }) => isShown(bytes))).toEqual(before.map(() => true));

    const [asleep] = pids() as [number];
    process.kill(asleep, 'SIGSTOP');
    // one of these waits in the process that sleeps, which then gets no more
    let awake = 0;
    const healthy = { path: '/healthz' };
    const asked = Array.from({ length: COUNT }, () => askOnce(running.url, healthy).then(() => awake++));
    await eventually(() => awake === COUNT - 1);
    let isAcknowledged = false;
    const narrowed = narrow(id).then((answer) => {
      isAcknowledged = true;
      return answer;
    });
    try {
      const isNarrow = async () =>
        (await database.query('SELECT tlp FROM base.incident WHERE id = $1', [id])).rows[0].tlp === 'RED';
      await eventually(isNarrow);
      // longer than an answer takes
      for (let n = 0; n < 50; n++) await database.query('SELECT 1');
      expect(isAcknowledged).toBe(false);
    } finally {
      process.kill(asleep, 'SIGCONT');
    }
    await Promise.all(asked);
    expect((await narrowed).status).toBe(200);
    const after = await askEach(running.url, COUNT, { path }, 3);
    expect(after.map(({ bytes }) => isShown(bytes))).toEqual(after.map(() => false));
  });

  test('forget a revoked key together', async () => {
    const made = await askOnce(running.url, {
      path: '/v1/keys',
      method: 'POST',
      key: admin,
      body: { agency: 'tun-douane', roles: ['reporter'], name: 'gauge' },
    });
    const { id, key } = made.json() as { id: string; key: string };
    const asked = { path: '/v1/incidents?limit=1', key };
    const statuses = async () => (await askEach(running.url, COUNT, asked, 3)).map(({ status }) => status);
    expect(new Set(await statuses())).toEqual(new Set([200]));
    const { status } = await askOnce(running.url, { path: `/v1/keys/${id}`, method: 'DELETE', key: admin });
    expect(status).toBe(204);
    expect(new Set(await statuses())).toEqual(new Set([401]));
  });

  test('count the streams of a key together', async () => {
    const key = keyOf('DZA', 'reporter');
    const open = Array.from({ length: 6 }, () =>
      fetch(`${running.url}/v1/stream`, { headers: { 'X-API-Key': key } }),
    );
    const statuses = (await Promise.all(open)).map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(4);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    for (const answer of await Promise.all(open)) await answer.body?.cancel();
    const count = async () =>
      Number(
        /^streams_open (\d+)/m.exec(String((await askOnce(running.url, { path: '/metrics' })).bytes))?.[1],
      );
    await eventually(async () => (await count()) === 0);
  });

  test('show one file, whichever of them is asked', async () => {
    await add();
    const path = '/v1/collections/incidents/items?f=fgb';
    const redirects = await askEach(running.url, COUNT, { path }, 2);
    const [address] = new Set(redirects.map(({ headers }) => headers.location)) as Set<string>;
    expect(redirects.map(({ status, headers }) => [status, headers.location])).toEqual(
      redirects.map(() => [302, address]),
    );
    const files = await askEach(running.url, COUNT, { path: address! }, 2);
    expect(new Set(files.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(files.map(({ bytes }) => bytes.toString('base64'))).size).toBe(1);
    const parts = await askEach(running.url, COUNT, { path: address!, headers: { Range: 'bytes=0-99' } });
    for (const { status, bytes } of parts) {
      expect(status).toBe(206);
      expect(bytes.equals(files[0]!.bytes.subarray(0, 100))).toBe(true);
    }
    const { headers } = await askOnce(running.url, {
      path: '/v1/collections/incidents/items?f=gpkg',
      headers: { Prefer: 'respond-async' },
    });
    const progress = await askEach(running.url, COUNT, { path: headers.location! }, 2);
    expect(
      progress.map(({ status, bytes }) => (status === 200 || status === 303 ? '' : `${status} ${bytes}`)),
    ).toEqual(progress.map(() => ''));
  });

  test('lose no acknowledged write while they are killed, and are replaced', async () => {
    let isOver = false;
    const { kept, ended } = writeWhile(() => !isOver);
    const [first, , last] = pids() as [number, number, number];
    for (const pid of [first, last]) {
      const before = kept.length;
      await eventually(() => kept.length > before + 20);
      process.kill(pid, 'SIGKILL');
      await eventually(() => !pids().includes(pid));
      // one at a time: while none of them runs, nobody listens
      await whole();
    }
    isOver = true;
    await ended;
    const { rows } = await database.query('SELECT count(*)::int AS n FROM base.incident WHERE id = ANY($1)', [
      kept,
    ]);
    expect(rows[0].n).toBe(kept.length);
    // the jobs go on in the process that took the place of the first
    const isSealed = async () =>
      /^audit_sealing_lag_seconds 0$/m.test(String((await askOnce(running.url, { path: '/metrics' })).bytes));
    await eventually(isSealed);
  }, 240_000);

  test('end at SIGTERM with every write that they acknowledged', async () => {
    const { kept, ended } = writeWhile((status) => {
      if (status !== undefined) expect(status).toBe(201);
      return status !== undefined;
    });
    await eventually(() => kept.length > 50);
    const last = pids();
    running.child.kill('SIGTERM');
    const [code] = await once(running.child, 'close');
    await ended;
    expect(code).toBe(0);
    const { rows } = await database.query('SELECT count(*)::int AS n FROM base.incident WHERE id = ANY($1)', [
      kept,
    ]);
    expect(rows[0].n).toBe(kept.length);
    expect(last.filter(isRunning)).toEqual([]);
    expect(readdirSync(join(processes.folder, 'files'))).toEqual([]);
  }, 60_000);

  test('do not outlive their supervisor', async () => {
    running = await start();
    const last = pids();
    expect(last).toHaveLength(COUNT);
    running.child.kill('SIGKILL');
    await eventually(() => last.every((pid) => !isRunning(pid)));
  }, 60_000);

  test('a port in use ends the start with a sentence', async () => {
    const other = await start({ PROCESSES: '1' });
    const { port } = new URL(other.url);
    const { child, output } = processes.tripoint(['serve'], {
      DATABASE_URL: (service.connection as { connectionString: string }).connectionString,
      PROCESSES: '2',
      PORT: port,
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(output()).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(output()).not.toMatch(/\n\s+at /);
  }, 60_000);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
