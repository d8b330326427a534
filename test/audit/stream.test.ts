import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { attemptLog } from '../../src/audit/attempt.log.ts';
import { auditStore } from '../../src/audit/audit.store.ts';
import { requestAudit } from '../../src/audit/audit.trace.ts';
import { readLog } from '../../src/audit/read.log.ts';
import type { Caller } from '../../src/core/caller.ts';
import { incidentConcern, seenInOne } from '../../src/db/concern.ts';
import { view } from '../../src/db/labelled.ts';
import { sql } from '../../src/db/sql.ts';
import { createHttpApp } from '../../src/http/http.app.ts';
import { operation } from '../../src/http/operation.ts';
import { asTableOwner, entriesOf, entriesSoon } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { actualWorld } from '../support/worlds.ts';

const key = keyOf('TUN', 'reporter');
const caller: Caller = { agency: agencyOf(key), country: 'TUN', roles: ['reader'] };
let service: TestService;
let server: Server;
let goOn: () => void;

/** A download in pieces of one row: the first is CLEAR, the others are not. Stops behind the first until told. */
const download = operation({
  id: 'download',
  method: 'get',
  path: '/download',
  tag: 'Test',
  summary: 'A stream.',
  responses: { 200: { description: 'Rows.', mediaType: 'text/csv' } },
  problems: [],
  handle: async ({ caller }) => ({ body: Readable.from(rowsOf(caller)) }),
});

async function* rowsOf(asker: Caller) {
  const wait = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  for (const tlp of ['CLEAR', 'GREEN', 'AMBER+STRICT']) {
    const [row] = await service.db.query<{ id: string }>(
      asker,
      sql`SELECT i.id, ${seenInOne(incidentConcern(sql`i`))} FROM ${view.incident} AS i WHERE i.tlp = ${tlp}`,
    );
    yield `${row!.id}\n`;
    if (tlp === 'CLEAR') await wait;
  }
}

beforeAll(async () => {
  service = await startService();
  for (const tlp of ['CLEAR', 'GREEN', 'AMBER+STRICT'])
    await service.api.post('/v1/incidents').set(as(key)).send(anIncident({ tlp })).expect(201);
  const app = createHttpApp({
    logger: pino({ level: 'silent' }),
    apis: {
      '/v1': {
        operations: [download],
        document: () => ({}),
        world: actualWorld,
        identify: async () => caller,
        limit: async () => {},
        limitProbe: async () => {},
        audit: requestAudit(
          readLog({ write: auditStore(service.db).writeReads }),
          attemptLog({ write: async () => {} }),
        ),
      },
    },
    ready: async () => [],
    poolStats: service.db.poolStats,
    requestTimeoutMs: 60_000,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await service.stop();
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/download`;

test('a stream has its entry before its first byte, and the whole number of rows at its end', async () => {
  const answer = await fetch(url(), { headers: { 'X-Request-Id': 'whole' } });
  expect(await entriesOf(service.db, 'whole')).toMatchObject([
    { action: 'read', outcome: 'begun', row_count: 0 },
  ]);
  goOn();
  expect((await answer.text()).trim().split('\n')).toHaveLength(3);
  expect((await entriesSoon(service, 'whole', 2))[1]).toMatchObject({
    action: 'read-end',
    outcome: 'complete',
    row_count: 2,
    shares: [0, 0, 2],
  });
});

test('a stream whose reader leaves early is recorded as aborted', async () => {
  await new Promise<void>((resolve) => {
    const request = get(url(), { headers: { 'X-Request-Id': 'left' } }, (answer) => {
      answer.once('data', () => {
        request.destroy();
        resolve();
      });
    });
    request.on('error', () => {});
  });
  goOn();
  expect((await entriesSoon(service, 'left', 2))[1]).toMatchObject({
    action: 'read-end',
    outcome: 'aborted',
  });
});

test('no answer leaves while its entry cannot be written', async () => {
  await asTableOwner(service.db, sql`ALTER FUNCTION tripoint.audit_reads(json) RENAME TO audit_reads_away`);
  const [row] = await service.db.query<{ id: string }>(
    caller,
    sql`SELECT i.id FROM ${view.incident} AS i WHERE i.tlp = 'AMBER+STRICT'`,
  );
  const answer = await service.api.get(`/v1/incidents/${row!.id}`).set(as(key));
  expect(answer.status).toBe(503);
  expect(answer.text).not.toContain('smuggling');
  await asTableOwner(service.db, sql`ALTER FUNCTION tripoint.audit_reads_away(json) RENAME TO audit_reads`);
});
