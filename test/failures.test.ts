import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import supertest from 'supertest';
import { type Database, openDatabase } from '../src/db/database.ts';
import { databaseFaults } from '../src/db/readiness.store.ts';
import { type HttpServer, openHttpServer } from '../src/http/listen.ts';
import { anIncident } from './support/builders.ts';
import { type TestDatabase, testDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { as, keyOf, serviceOver } from './support/service.ts';

let database: TestDatabase;
let proxy: Proxy;
let db: Database;
let http: HttpServer;
let api: ReturnType<typeof supertest>;
beforeAll(async () => {
  database = await testDatabase();
  proxy = await proxyTo(database.connection);
  db = openDatabase({
    connection: proxy.connection,
    poolSize: database.poolSize,
    statementTimeoutSeconds: 3,
  });
  const ready = () => databaseFaults(db);
  const app = serviceOver(db, { ready, requestTimeoutMs: 30_000 });
  http = await openHttpServer(app, { host: '127.0.0.1', port: 0 });
  api = supertest(http.server);
});
afterAll(async () => {
  await http.close();
  await db.close();
  await proxy.close();
  await database.drop();
});

const reporter = () => as(keyOf('TUN', 'reporter'));

describe('while the database cannot be reached', () => {
  test('requests get 503 with Retry-After, and nothing hangs', async () => {
    await api.get('/v1/borders').expect(200);
    await proxy.interrupt();
    const answers = await Promise.all([1, 2, 3].map(() => api.get('/v1/locate?lon=9&lat=34')));
    for (const { status, headers, body } of answers) {
      expect({ status, retry: headers['retry-after'], type: body.type }).toEqual({
        status: 503,
        retry: '2',
        type: '/problems/unavailable',
      });
    }
    await api.get('/healthz').expect(200);
    await api.get('/readyz').expect(503);
  });

  test('the service recovers by itself when it is back', async () => {
    await proxy.resume();
    await api.get('/readyz').expect(200);
    await api.get('/v1/locate?lon=9&lat=34').expect(200);
    await api.post('/v1/incidents').set(reporter()).send(anIncident()).expect(201);
  });
});

test('a connection that dies during a write leaves all of it or nothing', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `0199e0c4-6d00-7c1e-9f5e-${String(n).padStart(12, '0')}`);
  const writes = ids.map((id) => api.put(`/v1/incidents/${id}`).set(reporter()).send(anIncident()));
  const statuses = writes.map((write) => write.then(({ status }) => status));
  await statuses[5];
  await proxy.interrupt();
  await proxy.resume();
  const answered = await Promise.all(statuses);
  expect(answered.filter((status) => ![201, 503].includes(status))).toEqual([]);
  for (const [n, id] of ids.entries()) {
    const { status } = await api.put(`/v1/incidents/${id}`).set(reporter()).send(anIncident());
    // an acknowledged one is there; one that was not may be there or not, and PUT settles it
    expect(answered[n] === 201 ? [200] : [200, 201]).toContain(status);
  }
});

test('an aborted upload keeps its earlier sets, and sending it again completes it', async () => {
  const lines = Array.from({ length: 4000 }, (_, n) =>
    JSON.stringify(anIncident({ source: 'broken off', externalId: `b-${n}` })),
  );
  const { port } = http.server.address() as AddressInfo;
  const upload = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/v1/incidents/import',
    headers: { ...reporter(), 'Content-Type': 'application/geo+json-seq' },
  });
  upload.on('error', () => {});
  upload.write(`${lines.slice(0, 2500).join('\n')}\n`);
  await eventually(async () => (await countOf('broken off')) >= 1000);
  upload.destroy();

  const whole = await api
    .post('/v1/incidents/import')
    .set(reporter())
    .set('Content-Type', 'application/geo+json-seq')
    .send(lines.join('\n'));
  expect(whole.body.accepted + whole.body.unchanged).toBe(4000);
  expect(whole.body.unchanged).toBeGreaterThanOrEqual(1000);
  expect(await countOf('broken off')).toBe(4000);
});

async function countOf(source: string): Promise<number> {
  const { body } = await api.get('/v1/incidents').query({ source, limit: 10_000 }).set(reporter());
  return body.features?.length ?? 0;
}

interface Proxy {
  connection: pg.ClientConfig;
  interrupt(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** A wire to the database that can be cut. */
async function proxyTo(target: pg.ClientConfig): Promise<Proxy> {
  const { host, port } = new pg.Client(target);
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = host.startsWith('/') ? dial(`${host}/.s.PGSQL.${port}`) : dial(port, host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address() as AddressInfo;
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  const url = target.connectionString && new URL(target.connectionString);
  if (url) url.host = `127.0.0.1:${at.port}`;
  return {
    connection: url ? { connectionString: url.href } : { ...target, host: '127.0.0.1', port: at.port },
    interrupt: cut,
    resume: async () => {
      server.listen(at.port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: cut,
  };
}
