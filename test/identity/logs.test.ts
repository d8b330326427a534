import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';

const log: string[] = [];
let service: TestService;
let http: HttpServer;
let base: string;
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line) => void log.push(line) });
  // a port where nobody listens: each token is one that cannot be checked
  const oidc = { issuer: 'http://127.0.0.1:1', audience: 'a', agencyClaim: 'agency', rolesClaim: 'roles' };
  service = await startService({ logger, access: { oidc } });
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(http.server.address() as { port: number }).port}`;
});
afterAll(async () => {
  await http.close();
  await service.stop();
});

const text = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'of-the-test' })).toString('base64url');
const claims = Buffer.from(JSON.stringify({ sub: 'somebody', agency: 'tun-douane' })).toString('base64url');
const signature = createHmac('sha256', 'x').update(`${text}.${claims}`).digest('base64url');
const token = `${text}.${claims}.${signature}`;
const valid = () => keyOf('TUN', 'admin');
const basic = (secret: string) => Buffer.from(`qgis:${secret}`).toString('base64');

/** Requests with a secret in every place that a caller may put it, by mistake or not. */
const requestsWith = (secret: string): [path: string, init?: RequestInit][] => [
  ['/v1/borders', { headers: { Authorization: `Bearer ${secret}` } }],
  ['/v1/borders', { headers: { Authorization: `Basic ${basic(secret)}` } }],
  ['/v1/borders', { headers: { Authorization: secret } }],
  ['/v1/borders', { headers: { 'X-API-Key': secret } }],
  ['/v1/borders', { headers: { 'X-API-Key': `${secret} `, Authorization: `Bearer ${secret}x` } }],
  ['/v1/borders', { headers: { 'X-Request-Id': secret } }],
  [
    '/v1/borders',
    { headers: { Cookie: `key=${secret}`, Referer: `http://x/?key=${secret}`, 'User-Agent': secret } },
  ],
  ['/v1/borders', { headers: { 'If-None-Match': secret, Accept: secret, 'X-Forwarded-For': secret } }],
  [`/v1/borders?key=${secret}`],
  [`/v1/borders?${secret}`],
  [`/v1/borders?key=Basic%20${encodeURIComponent(basic(secret))}`],
  [`/v1/incidents?cursor=${secret}`],
  [`/v1/incidents/${secret}`],
  [`/v1/keys/${secret}`, { method: 'DELETE', headers: { 'X-API-Key': valid() } }],
  [`/${secret}`],
  [`/v1/borders/%ff${secret}`],
  ['/v1/keys', { ...json({ agency: secret, roles: [secret], name: secret, [secret]: secret }) }],
  ['/v1/keys', { ...json({ agency: 'tun-nowhere', roles: ['reader'], name: secret }) }],
  ['/v1/keys', { ...json({}), body: `{"broken ${secret}` }],
  ['/v1/keys', { ...json({}), method: 'PATCH' }],
  ['/docs', { headers: { Authorization: `Bearer ${secret}` } }],
  ['/healthz', { headers: { 'X-API-Key': secret } }],
];

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-API-Key': valid() },
  body: JSON.stringify(body),
});

/** What a log must not hold of a secret: the whole, any half of it, or what a header makes of it. */
const partsOf = (secret: string): string[] =>
  [secret, ...secret.split('.').slice(1), secret.slice(-24), basic(secret)].filter(
    (part) => part.length > 20,
  );

test.each([
  ['a key', valid],
  ['an unknown key', () => `tp_${'k3yX'.repeat(10)}abc`],
  ['a token', () => token],
])('%s stands in no line of the log, wherever it was put', async (_what, make) => {
  const secret = make();
  const before = log.length;
  for (const [path, init] of requestsWith(secret)) await fetch(base + path, init);
  expect(log.length - before).toBeGreaterThanOrEqual(requestsWith(secret).length);
  const lines = log.slice(before).join('');
  for (const part of partsOf(secret)) expect(lines.includes(part)).toBe(false);
});

test('a key that was just created, rotated or revoked is in no line either', async () => {
  const send = async (path: string, init: RequestInit) => (await fetch(base + path, init)).json();
  const made = (await send('/v1/keys', json({ agency: 'tun-douane', roles: ['reader'] }))) as Made;
  const rotated = (await send(`/v1/keys/${made.id}/rotation`, json({ overlapSeconds: 5 }))) as Made;
  await fetch(`${base}/v1/borders`, { headers: { 'X-API-Key': rotated.key } });
  const lines = log.join('');
  expect(lines).toContain(`/v1/keys/${made.id}/rotation`);
  for (const { key } of [made, rotated]) {
    expect(key).toMatch(/^tp_/);
    expect(lines.includes(key.slice(3, 27))).toBe(false);
  }
});

interface Made {
  id: string;
  key: string;
}

test('a request that is not HTTP leaves nothing of its content', async () => {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.end(`GET /v1/borders\r\nX-API-Key: ${valid()}\r\n\r\n`);
  await once(socket, 'close');
  expect(log.join('').includes(valid())).toBe(false);
});

test('text too short to be a secret is still logged', async () => {
  await fetch(`${base}/v1/segments/DZA-TUN-07/incidents?withinMetres=20000&limit=5`);
  expect(log.join('')).toContain('/v1/segments/DZA-TUN-07/incidents?withinMetres=20000&limit=5');
});
