import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let client: HttpClient;
let hasty: HttpServer;
beforeAll(async () => {
  service = await startService();
  client = await openClient(service.app);
  // as the service listens, but that it waits for headers half a second instead of 15
  const limits = { headersTimeout: 500, connectionsCheckingInterval: 50 };
  hasty = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 }, limits);
});
afterAll(async () => {
  await hasty.close();
  await client.close();
  await service.stop();
});

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

function open(port: number, head: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(head);
  sockets.push(socket);
  return socket;
}
const portOf = ({ server }: HttpServer): number => (server.address() as { port: number }).port;

/** The beginning of a request with a body that never comes to its end. */
function beginningOf(path: string, mediaType: string): string {
  const { Authorization } = callerOf('TUN', 'reporter').headers;
  const beginning = JSON.stringify(anIncident()).slice(0, 50);
  return [
    `POST /v1${path} HTTP/1.1`,
    'Host: x',
    `Authorization: ${Authorization}`,
    `Content-Type: ${mediaType}`,
    'Content-Length: 100000',
    '',
    beginning,
  ].join('\r\n');
}

/** Nothing is under way, but for what the service notes by itself from time to time. */
async function expectRest(): Promise<void> {
  const busy = () => {
    const { total, idle, lanes } = service.db.poolStats();
    return lanes.reduce((sum, { waiting }) => sum + waiting, total - idle);
  };
  await eventually(() => busy() === 0);
  expect(busy()).toBe(0);
}

const MANY = 100;
const FEW = 20; // that are answered at some length

describe('deliberately slow clients', () => {
  test('with their headers are disconnected', async () => {
    const sent = [open(portOf(hasty), 'GET /v1/borders HTTP/1.1\r\nHost: x\r\n'), open(portOf(hasty), '')];
    const drip = setInterval(() => sent[0]!.write('X-Slow: 1\r\n'), 100);
    try {
      const [dripping, silent] = await Promise.all(sent.map((socket) => text(socket)));
      expect(dripping).toMatch(/^HTTP\/1\.1 408 .*\/problems\/body-too-slow/s);
      expect(silent).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
    } finally {
      clearInterval(drip);
    }
  });

  test.each([
    ['JSON', '/incidents', 'application/json'],
    ['an import', '/incidents/import', 'application/geo+json-seq'],
    ['an import of JSON', '/incidents/import', 'application/geo+json'],
    ['an import of a table', '/incidents/import', 'text/csv'],
  ])('with a body of %s hold no database connection, and others are answered', async (_what, path, type) => {
    const slow = Array.from({ length: MANY }, () => open(client.port, beginningOf(path, type)));
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    // all of them have been read as far as they came
    for (let n = 0; n < 10; n++) {
      const { status } = await client.ask({
        path: '/incidents',
        headers: callerOf('TUN', 'reporter').headers,
      });
      expect(status).toBe(200);
    }
    await expectRest();
  });

  test('in reading an answer hold no database connection either', async () => {
    const head = `GET /v1/segments?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n`;
    const slow = Array.from({ length: FEW }, () => open(client.port, head).pause());
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    expect((await client.ask({ path: '/borders?limit=1' })).status).toBe(200);
    expect((await client.ask({ path: '/zones' })).status).toBe(200);
  });
});

test('a client that opens many requests on one connection gets its answers in order', async () => {
  const asked = ['/v1/borders/DZA-TUN', '/v1/nowhere', '/v1/borders/DZA-LBY', '/v1/keys'];
  const head = asked.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');
  const socket = open(client.port, `${head}GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const answers = await text(socket);
  expect(answers.match(/HTTP\/1\.1 \d+/g)!.map((line) => line.slice(-3))).toEqual([
    '200',
    '404',
    '200',
    '401',
    '200',
  ]);
});
