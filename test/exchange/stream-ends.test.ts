import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { auditStore } from '../../src/audit/audit.store.ts';
import { readLog } from '../../src/audit/read.log.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner, entriesOf } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { as, keyOf, type ServiceSettings, startService, type TestService } from '../support/service.ts';
import { eventsIn, openStream, type TestStream } from '../support/stream.ts';

let service: TestService;
let clients: HttpClient[] = [];
let streams: TestStream[] = [];
beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const stream of streams) stream.close();
  for (const client of clients) await client.close();
  [clients, streams] = [[], []];
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const ADMIN = as(keyOf('TUN', 'admin'));

async function serveWith(options: ServiceSettings): Promise<number> {
  const client = await openClient(service.appWith(options));
  clients.push(client);
  return client.port;
}

async function stream(port: number, headers: Record<string, string> = TUN.headers, query = '') {
  await settled(service);
  const opened = await openStream({ port, headers, query });
  streams.push(opened);
  if (opened.status === 200) await opened.until(({ events }) => events.length > 0);
  return opened;
}

const report = async (properties: Parameters<typeof anIncident>[0] = {}): Promise<string> =>
  (await service.api.post('/v1/incidents').set(TUN.headers).send(anIncident(properties)).expect(201)).body.id;
const has = (id: string) => (one: TestStream) => one.changes().some((change) => change.id === id);

async function aKey(change: object = {}): Promise<{ id: string; headers: Record<string, string> }> {
  const body = { agency: 'tun-garde-nationale', roles: ['reader'], ...change };
  const made = await service.api.post('/v1/keys').set(ADMIN).send(body).expect(201);
  return { id: made.body.id, headers: as(made.body.key) };
}

describe('a stream of an invalid key ends', () => {
  test('at once, in the process that revoked it', async () => {
    const port = await serveWith({});
    const { id, headers } = await aKey();
    const [reader, other] = [await stream(port, headers), await stream(port)];
    await fetch(`http://127.0.0.1:${port}/v1/keys/${id}`, { method: 'DELETE', headers: ADMIN });
    expect(await reader.ended).toBe(true);
    expect((await stream(port, headers)).status).toBe(401);
    const seen = await report();
    await other.until(has(seen));
    expect(has(seen)(reader)).toBe(false);
  });

  test('at the next check, if another process revoked it', async () => {
    const port = await serveWith({ streams: { accessMs: 500 } });
    const { id, headers } = await aKey();
    const reader = await stream(port, headers);
    await service.api.delete(`/v1/keys/${id}`).set(ADMIN).expect(204);
    expect(await reader.ended).toBe(true);
  });

  test('when it expires', async () => {
    const port = await serveWith({ streams: { accessMs: 500 } });
    const expiresAt = new Date(Date.now() + 3000).toISOString();
    const { headers } = await aKey({ expiresAt });
    const reader = await stream(port, headers);
    expect(await reader.ended).toBe(true);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });
});

describe('streams', () => {
  test('are limited per key and in total', async () => {
    const port = await serveWith({ streams: { most: 3, mostPerCaller: 2 } });
    const [first] = [await stream(port), await stream(port)];
    const refused = await stream(port);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    await stream(port, ANYBODY.headers);
    expect((await stream(port, ADMIN)).status).toBe(503);
    first!.close();
    await eventually(async () => (await stream(port)).status === 200);
  });

  test('outlive the request timeout, with pings', async () => {
    const port = await serveWith({ requestTimeoutMs: 500, streams: { pingMs: 300 } });
    const reader = await stream(port);
    await reader.until(({ events }) => events.length >= 4);
    expect(reader.events.every(({ event }) => event === 'ping')).toBe(true);
    const id = await report();
    await reader.until(has(id));
  });

  test('end gracefully at shutdown', async () => {
    const ending = new AbortController();
    const port = await serveWith({ ending: ending.signal });
    const readers = [await stream(port), await stream(port, ANYBODY.headers)];
    ending.abort();
    expect(await Promise.all(readers.map(({ ended }) => ended))).toEqual([true, true]);
    expect((await stream(port)).status).toBe(503);
  });
});

/** A client that opens a stream and reads nothing of it until it is told to. */
function standStill(port: number, query: string) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  const lines = [`GET /v1/stream${query} HTTP/1.0`, `Authorization: ${TUN.headers.Authorization}`];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return { readOn: () => text(socket) };
}

const openStreams = async (port: number): Promise<number> =>
  Number(/^streams_open (\d+)$/m.exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())![1]);

/** More than the system holds for a connection that nobody reads. */
const seedMegabytes = () =>
  asTableOwner(
    service.db,
    sql`INSERT INTO base.incident (id, kind, severity, certainty, nature, occurred_at, point, horizontal_accuracy_m, owner, agency,
          tlp, content_hash, description)
        SELECT gen_random_uuid(), 'fire', 'minor', 'observed', 'test', now(), ST_SetSRID(ST_MakePoint(9, 33), 4326), 10, 'TUN',
          'tun-garde-nationale', 'GREEN', '', repeat('Burnt fence. ', 150)
        FROM generate_series(1, 5000)`,
  );

test('a client that does not read is disconnected without delaying others, and resumes without loss', async () => {
  const port = await serveWith({ streams: { stallMs: 1000 } });
  const begun = await stream(port);
  const query = `?include=feature&collections=incidents&after=${begun.events[0]!.id}`;
  begun.close();
  await seedMegabytes();
  await settled(service);
  const slow = standStill(port, query);
  const quick = await stream(port, TUN.headers, query);
  await quick.until(({ events }) => events.at(-1)!.event === 'ping', 60_000);
  const all = quick.changes().map(({ id }) => id);
  expect(all.length).toBeGreaterThanOrEqual(5000);
  await eventually(async () => (await openStreams(port)) <= 1);
  expect(await openStreams(port)).toBe(1);

  const had = eventsIn(await slow.readOn());
  expect(had.length).toBeLessThan(all.length);
  const again = await stream(port, { ...TUN.headers, 'Last-Event-ID': had.at(-1)!.id }, query);
  await again.until(({ events }) => events.at(-1)!.event === 'ping', 60_000);
  expect([...had.map(({ data }) => data.id), ...again.changes().map(({ id }) => id)]).toEqual(all);
}, 120_000);

describe('the rows that a stream shows are audited', () => {
  test('at its start, during it, and at its end', async () => {
    const reads = readLog({ write: auditStore(service.db).writeReads, streamsToldMs: 400 });
    const port = await serveWith({ audit: { reads } });
    const requestId = randomUUID();
    const reader = await stream(port, { ...TUN.headers, 'X-Request-Id': requestId });
    expect(await entriesOf(service.db, requestId)).toMatchObject([
      { action: 'read', outcome: 'begun', operation: 'streamChanges', row_count: 0 },
    ]);
    const ids = [await report({ tlp: 'GREEN' }), await report(), await report({ tlp: 'CLEAR' })];
    await reader.until(has(ids[2]!));
    const entries = async () => {
      await reads.flush();
      return entriesOf(service.db, requestId);
    };
    await eventually(async () => (await entries()).some(({ outcome }) => outcome === 'continued'));
    const last = await report();
    await reader.until(has(last));
    reader.close();
    await eventually(async () => (await entries()).at(-1)?.outcome === 'aborted');
    const told = (await entries()).slice(1);
    expect(told.at(-1)).toMatchObject({ action: 'read-end', outcome: 'aborted' });
    expect(new Set(told.slice(0, -1).map(({ outcome }) => outcome))).toEqual(new Set(['continued']));
    expect(told.reduce((sum, { row_count }) => sum + row_count, 0)).toBe(3);
  });

  test('for each stream that shares a read', async () => {
    const reads = readLog({ write: auditStore(service.db).writeReads });
    const port = await serveWith({ audit: { reads } });
    const requests = [randomUUID(), randomUUID()];
    const readers = await Promise.all(
      requests.map((id) => stream(port, { ...TUN.headers, 'X-Request-Id': id })),
    );
    const id = await report();
    for (const reader of readers) {
      await reader.until(has(id));
      reader.close();
    }
    const isOver = async (id: string) => (await entriesOf(service.db, id)).length > 1;
    await eventually(async () => {
      await reads.flush();
      return (await Promise.all(requests.map(isOver))).every(Boolean);
    });
    for (const request of requests)
      expect((await entriesOf(service.db, request))[1]).toMatchObject({ action: 'read-end', row_count: 1 });
  });
});
