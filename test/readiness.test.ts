import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../src/app.ts';
import { auditChain } from '../src/audit/audit.chain.store.ts';
import type { Unreadiness } from '../src/core/unreadiness.ts';
import { type Database, openDatabase } from '../src/db/database.ts';
import { asOwner } from '../src/db/migrations.ts';
import { databaseFaults } from '../src/db/readiness.store.ts';
import { type RunningJobs, startJobs } from '../src/jobs/running.jobs.ts';
import { readinessOf } from '../src/readiness.ts';
import { anIncident } from './support/builders.ts';
import { type Cluster, openCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { prepareCluster, report, serviceOn } from './support/restores.ts';
import { as, keyOf, startService, type TestService } from './support/service.ts';
import { canMount, openSmallDisk, type SmallDisk } from './support/small.disk.ts';

// The embedded database has one connection, and no second server to be read-only.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const logger = pino({ level: 'silent' });
const reporter = as(keyOf('TUN', 'reporter'));

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const asTables = (text: string) => asOwner(service.connection, (knex) => knex.raw(text));
const NO_JOBS: RunningJobs = { faults: () => [], stop: async () => {} };

interface Circumstances {
  db?: Database;
  jobs?: RunningJobs;
  mostLagSeconds?: number;
  now?: () => number;
}

const readiness = ({ db = service.db, jobs = NO_JOBS, mostLagSeconds = 3600, now }: Circumstances = {}) =>
  readinessOf({
    databaseFaults: () => databaseFaults(db),
    jobFaults: async () => jobs.faults(),
    figures: createApp(db, {}, logger).figures,
    mostLagSeconds,
    logger,
    ...(now && { now }),
  });

const reasonsOf = async (ready: Promise<readonly Unreadiness[]>) => (await ready).map(({ reason }) => reason);

test('is asked once a second, whoever asks, and a change is logged', async () => {
  let asked = 0;
  let nowMs = 0;
  const lines: string[] = [];
  const answers: Unreadiness[][] = [[], [{ reason: 'read-only', detail: 'It takes no writes.' }], []];
  const ready = readinessOf({
    databaseFaults: async () => answers[asked++]!,
    jobFaults: async () => [],
    figures: [],
    mostLagSeconds: 60,
    logger: pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line).msg) }),
    now: () => nowMs,
  });
  for (const [atMs, reasons] of [
    [0, []],
    [999, []],
    [1000, ['read-only']],
    [2000, []],
  ] as const) {
    nowMs = atMs;
    for (const one of await Promise.all([ready(), ready(), ready()]))
      expect(one.map(({ reason }) => reason)).toEqual(reasons);
  }
  expect(asked).toBe(3);
  expect(lines).toEqual(['not ready: read-only', 'ready again']);
});

onServer('is not given, with the reason in a word, when', () => {
  test('the database does not answer', async () => {
    const connection = { connectionString: 'postgres://nobody@127.0.0.1:1/nothing' };
    const db = openDatabase({ connection, poolSize: 1, statementTimeoutSeconds: 5 });
    expect(await reasonsOf(readiness({ db })())).toEqual(['unreachable']);
    await db.close();
  });

  test('the schema does not fit', async () => {
    await asTables(
      `UPDATE base.schema_file SET checksum = 'x' || checksum WHERE path LIKE '%/utc.function.sql'`,
    );
    expect(await reasonsOf(readiness()())).toEqual(['schema']);
    await asTables(
      `UPDATE base.schema_file SET checksum = substr(checksum, 2) WHERE path LIKE '%/utc.function.sql'`,
    );
    expect(await reasonsOf(readiness()())).toEqual([]);
  });

  test('a job has failed for a minute', async () => {
    let aheadMs = 0;
    const { jobs: specs } = createApp(service.db, {}, logger);
    const jobs = startJobs(specs, { logger });
    const ready = () => readiness({ jobs, now: () => Date.now() + aheadMs })();
    await asTables('ALTER FUNCTION base.tell_time RENAME TO told_time');
    await eventually(() => jobs.faults().length > 0);
    expect(await reasonsOf(ready())).toEqual([]);
    aheadMs = 60_000;
    expect(await ready()).toEqual([
      { reason: 'jobs', detail: expect.stringMatching(/^The job feed-clock has failed since 20/) },
    ]);
    await asTables('ALTER FUNCTION base.told_time RENAME TO tell_time');
    await eventually(async () => (await ready()).length === 0);
    await jobs.stop();
  });

  test('the feed is held back', async () => {
    const holder = new pg.Client(service.connection);
    await holder.connect();
    await holder.query('BEGIN; SELECT pg_current_xact_id()');
    await service.api.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
    const late = () => readiness({ mostLagSeconds: 0.001 })();
    await eventually(async () => (await reasonsOf(late())).includes('feed'));
    expect(await reasonsOf(readiness()())).not.toContain('feed');
    await holder.query('COMMIT');
    await eventually(async () => !(await reasonsOf(late())).includes('feed'));
    await holder.end();
  });

  test('sealing lags', async () => {
    await service.api.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
    const late = () => readiness({ mostLagSeconds: 0.001 })();
    await eventually(async () => (await reasonsOf(late())).includes('sealing'));
    expect((await late()).find(({ reason }) => reason === 'sealing')!.detail).toMatch(
      /^audit_sealing_lag_seconds is/,
    );
    await auditChain(service.db).seal();
    await eventually(async () => (await reasonsOf(late())).length === 0);
  });
});

onServer('on a standby', () => {
  let primary: Cluster;
  let standby: Cluster;
  let other: TestService;
  beforeAll(async () => {
    primary = (await openCluster())!;
    await prepareCluster(primary);
  });
  afterAll(async () => {
    await other?.stop();
    await standby?.remove();
    await primary?.remove();
  });

  test('it is not given, and every request that writes is 503, until the promotion', async () => {
    const first = await serviceOn(primary);
    const id = await report(first, { tlp: 'AMBER' });
    await first.stop();
    standby = await primary.addStandby();
    other = await serviceOn(standby);
    const { api, db } = other;
    await eventually(async () => (await api.get('/v1/incidents?limit=1')).status === 200);
    expect(await reasonsOf(readiness({ db })())).toEqual(['read-only']);
    await api.get('/v1/borders').expect(200);
    const path = `/v1/incidents/${id}`;
    const answers = [
      await api.post('/v1/incidents').set(reporter).send(anIncident()),
      await api.put(path).set(reporter).send(anIncident()),
      await api.get(path).set(reporter), // leaves an audit entry
      await api
        .post('/v1/keys')
        .set(as(keyOf('TUN', 'admin')))
        .send({ agency: 'tun-douane', roles: ['reader'] }),
    ];
    for (const { status, body, headers } of answers)
      expect({ status, code: body.code, retry: headers['retry-after'] }).toEqual({
        status: 503,
        code: 'database-read-only',
        retry: '5',
      });
    await primary.stop('immediate');
    await standby.promote();
    await eventually(async () => (await readiness({ db })()).length === 0);
    await report(other);
    await api.get(path).set(reporter).expect(200);
  });
});

// It needs the rights to mount, and the server on this machine.
(canMount() ? describe : describe.skip)('on a full disk', () => {
  let disk: SmallDisk;
  beforeAll(async () => {
    disk = await openSmallDisk();
  });
  afterAll(() => disk.close());

  test('it is not given, and writes say that', async () => {
    const db = openDatabase({ connection: disk.connection, poolSize: 2, statementTimeoutSeconds: 10 });
    const api = service.apiWith({ db, audit: {} });
    const post = () =>
      api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident({ description: 'x'.repeat(1500) }));
    expect(await reasonsOf(readiness({ db })())).toEqual([]);
    await post().expect(201);
    disk.fill();
    expect(await readiness({ db })()).toEqual([
      { reason: 'disk-full', detail: expect.stringMatching(/^The disk of the database is full/) },
    ]);
    // pages in use have some room left
    let answer = await post();
    for (let n = 0; n < 500 && answer.status === 201; n++) answer = await post();
    expect({ status: answer.status, type: answer.body.type, code: answer.body.code }).toEqual({
      status: 507,
      type: '/problems/no-room',
      code: 'database-full',
    });
    await api.get('/v1/borders').expect(200);
    disk.empty();
    await eventually(async () => (await readiness({ db })()).length === 0);
    await post().expect(201);
    await db.close();
  });
});
