import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

type Api = ReturnType<typeof supertest>;
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const statuses = async (times: number, ask: () => PromiseLike<{ status: number }>) => {
  const seen: Record<number, number> = {};
  for (let i = 0; i < times; i += 1) {
    const { status } = await ask();
    seen[status] = (seen[status] ?? 0) + 1;
  }
  return seen;
};

describe('limits per minute', () => {
  let api: Api;
  beforeAll(() => {
    api = service.apiWith({ access: { rateLimits: { perKey: 20, perAddress: 5 } } });
  });

  test('are in each answer, and above them the answer is 429 with the time to wait', async () => {
    const first = await api.get('/v1/borders').expect(200);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '4' });
    expect(first.headers['ratelimit-policy']).toBe('5;w=60');
    expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(50);
    expect(await statuses(4, () => api.get('/v1/borders'))).toEqual({ 200: 4 });
    const { body, headers } = await api.get('/v1/borders').expect(429);
    expect(body).toMatchObject({ type: '/problems/too-many-requests', status: 429, instance: '/v1/borders' });
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'ratelimit-remaining': '0' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  test('per address hold for all paths, except health and metrics', async () => {
    for (const path of ['/v1/openapi.json', '/v1/nothing', '/docs', '/problems', '/nothing'])
      await api.get(path).expect(429);
    for (const path of ['/healthz', '/readyz', '/metrics']) await api.get(path).expect(200);
  });

  test('of probes of readiness are their own: neither takes from the other', async () => {
    const own = service.apiWith({
      access: { rateLimits: { perKey: 20, perAddress: 5 } },
      ready: async () => [],
    });
    expect(await statuses(605, () => own.get('/readyz'))).toEqual({ 200: 600, 429: 5 });
    await own.get('/healthz').expect(200);
    expect(await statuses(6, () => own.get('/v1/borders'))).toEqual({ 200: 5, 429: 1 });
  });

  test('are per key if one is sent', async () => {
    const reader = as(keyOf('TUN', 'reader'));
    const { headers } = await api.get('/v1/borders').set(reader).expect(200);
    expect(headers).toMatchObject({ 'ratelimit-limit': '20', 'ratelimit-remaining': '19' });
    expect(await statuses(20, () => api.get('/v1/borders').set(reader))).toEqual({ 200: 19, 429: 1 });
    await api
      .get('/v1/borders')
      .set(as(keyOf('TUN', 'reporter')))
      .expect(200);
    await api
      .get('/v1/borders')
      .set({ 'X-API-Key': keyOf('TUN', 'reader') })
      .expect(429);
  });

  test('cannot be bypassed with a forged address', async () => {
    for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP'])
      await api.get('/v1/borders').set(header, '198.51.100.7').expect(429);
  });
});

describe('behind a trusted proxy', () => {
  let api: Api;
  beforeAll(() => {
    api = service.apiWith({ access: { rateLimits: { perKey: 0, perAddress: 2 } }, trustProxy: 1 });
  });
  const from = (address: string) => api.get('/v1/borders').set('X-Forwarded-For', address);

  test('each forwarded address has its own limit', async () => {
    expect(await statuses(3, () => from('198.51.100.7'))).toEqual({ 200: 2, 429: 1 });
    await from('198.51.100.8').expect(200);
  });

  test('an address that the caller prepends changes nothing', async () => {
    await from('203.0.113.1, 198.51.100.7').expect(429);
  });

  test('the addresses of one IPv6 network count as one', async () => {
    const network = ['2001:db8:1:2::1', '2001:db8:1:2:3::1', '2001:db8:1:2::ffff'];
    const answers = [];
    for (const address of network) answers.push((await from(address)).status);
    expect(answers).toEqual([200, 200, 429]);
  });
});

describe('invalid keys', () => {
  let api: Api;
  beforeAll(() => {
    api = service.apiWith({ access: { rateLimits: { perKey: 0, perAddress: 1000 } } });
  });
  const guess = (n: number) => api.get('/v1/borders').set(as(`tp_guess${n}`));

  test('are soon not even looked up, in any form', async () => {
    const valid = as(keyOf('TUN', 'reader'));
    await api.get('/v1/borders').set(valid).expect(200);
    expect(await statuses(301, () => guess(Math.random()))).toEqual({ 401: 300, 429: 1 });
    const { headers } = await guess(1).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await api.get('/v1/borders').set('X-API-Key', 'tp_guess').expect(429);
    await api.get('/v1/borders').auth('qgis', 'tp_guess').expect(429);
    await api.get('/v1/borders').set(as('eyJh.eyJi.c2ln')).expect(429);
  });

  test('do not affect callers of the same address with a formerly valid key, or without one', async () => {
    await api
      .get('/v1/borders')
      .set(as(keyOf('TUN', 'reader')))
      .expect(200);
    await api.get('/v1/borders').expect(200);
  });
});

test('limits of 0 disable them, and no header shows any', async () => {
  const api = service.apiWith({ access: { rateLimits: { perKey: 0, perAddress: 0 } } });
  expect(await statuses(310, () => api.get('/v1/borders').set(as('tp_guess')))).toEqual({ 401: 310 });
  const { headers } = await api.get('/v1/borders').expect(200);
  expect(Object.keys(headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});
