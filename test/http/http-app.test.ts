import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';
import { endHanging } from './sample.operations.ts';

const { app, log } = sampleApp();
const api = request(app);
const lastLine = () =>
  log.at(-1) as { req: object; res: object; level: number; responseTime: number; msg: string };

test('a valid request id is kept, returned and logged', async () => {
  const { headers } = await api
    .get('/healthz')
    .set('X-Request-Id', 'qgis-7.a:b')
    .expect(200, { status: 'ok' });
  expect(headers['x-request-id']).toBe('qgis-7.a:b');
  expect(lastLine()).toMatchObject({
    level: 30,
    msg: 'request completed',
    req: { id: 'qgis-7.a:b', method: 'GET', url: '/healthz' },
    res: { statusCode: 200 },
  });
});

test.each(['with space', 'a'.repeat(65), '{"x":1}'])('the request id %j is replaced', async (id) => {
  const { headers } = await api.get('/healthz').set('X-Request-Id', id);
  expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
});

test('each request logs one line without keys', async () => {
  const before = log.length;
  await api.get('/v1/zones').set({ Authorization: 'Bearer reader', 'X-API-Key': 'very-secret' });
  await api.get('/v1/misbehave/throw').set({ Authorization: 'Basic very-secret' }).expect(500);
  expect(log.slice(before).filter(({ res }) => res)).toHaveLength(2);
  expect(JSON.stringify(log)).not.toMatch(/very-secret|Bearer|Basic/);
});

test('an unknown path is 404 with method and path', async () => {
  const { body } = await api.get('/v1/nothing?x=1').expect(404);
  expect(body).toMatchObject({
    type: '/problems/not-found',
    detail: 'Nothing is served at GET /v1/nothing.',
  });
});

test.each([
  ['put', '/v1/zones', 'GET, POST, HEAD, OPTIONS'],
  ['delete', '/v1/zones/preview', 'GET, HEAD, OPTIONS'],
  ['post', '/healthz', 'GET, HEAD, OPTIONS'],
] as const)('%s of %s is 405 with the allowed methods', async (method, path, allow) => {
  const { headers, body } = await api[method](path).expect(405);
  expect(headers.allow).toBe(allow);
  expect(body).toMatchObject({ type: '/problems/method-not-allowed', instance: path });
  expect(body.detail).toBe(`${method.toUpperCase()} is not possible at ${path}; possible are ${allow}.`);
});

test('the service is ready when it says so', () => api.get('/readyz').expect(200, { status: 'ready' }));

test('a service that is not ready says so to strangers, and why to admins, auditors and monitors', async () => {
  const fault = { reason: 'schema' as const, detail: 'The database lacks 3 migrations.' };
  const waiting = sampleApp({
    ready: async () => [fault],
    monitorToken: 'token of the monitor',
  });
  const readyz = (authorization: string) =>
    request(waiting.app).get('/readyz').set({ authorization }).expect(503);
  for (const stranger of ['', 'Bearer reader', 'Bearer wrong', 'Bearer token of another one']) {
    const { body } = await readyz(stranger);
    expect(body).toMatchObject({
      type: '/problems/unavailable',
      detail: 'The service is not ready.',
      params: {},
    });
    expect(body).not.toHaveProperty('faults');
  }
  for (const insider of ['Bearer auditor', 'Bearer admin', 'Bearer token of the monitor']) {
    const { body } = await readyz(insider);
    expect(body).toMatchObject({
      detail: 'The service is not ready: schema.',
      reasons: ['schema'],
      faults: [fault],
    });
  }
});

test('a request without an answer in time gets 503, and the late answer is dropped', async () => {
  const hasty = sampleApp({ requestTimeoutMs: 200 });
  const { body, headers } = await request(hasty.app).get('/v1/misbehave/hang').expect(503);
  expect(body).toMatchObject({ type: '/problems/timeout', instance: '/v1/misbehave/hang' });
  expect(headers['retry-after']).toBe('5');
  endHanging();
  await request(hasty.app).get('/v1/export').expect(200);
  expect(hasty.log.map(({ msg }) => msg)).toEqual(['request failed', 'request completed']);
});

test('the type of a problem resolves to its meaning', async () => {
  const { body } = await api.get('/problems/key-needed').expect(200);
  expect(body).toEqual({ type: '/problems/key-needed', title: 'Key needed', meaning: expect.any(String) });
  const { body: all } = await api.get('/problems').expect(200);
  expect(all.length).toBeGreaterThan(10);
  await api.get('/problems/constructor').expect(404);
});

test('metrics count requests by route template, never by path', async () => {
  const own = request(sampleApp().app);
  await own.get('/v1/zones/ghadames');
  await own.get('/v1/zones/nowhere');
  await own.get('/v1/secret-path');
  await own.get('/problems/internal');
  const { text, headers } = await own.get('/metrics').expect(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toContain('http_requests_total{method="GET",route="/v1/zones/{zoneId}",status="200"} 1');
  expect(text).toContain('http_requests_total{method="GET",route="/v1/zones/{zoneId}",status="404"} 1');
  expect(text).toContain('http_requests_total{method="GET",route="unknown",status="404"} 1');
  expect(text).toContain('http_requests_total{method="GET",route="/problems/{slug}",status="200"} 1');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/v1/zones/{zoneId}"} 2');
  expect(text).toContain('db_lane_statements{lane="urgent",state="waiting"} 2');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toMatch(/ghadames|nowhere|secret-path/);
});
