import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { OWN_PAGE, setCookies, signIn } from '../support/sessions.ts';

const OTHER = 'https://elsewhere.example';
const HOST = 'internal.example:8080';
const key = keyOf('TUN', 'reporter');

let service: TestService;
let cookie: { Cookie: string };
let strict: string;
beforeAll(async () => {
  service = await startService({ access: { rateLimits: { perKey: 100_000, perAddress: 100_000 } } });
  const { Cookie = '' } = await signIn(service.api, key);
  cookie = { Cookie };
  const { body } = await service.api.post('/v1/incidents').set(as(key)).send(anIncident()).expect(201);
  strict = body.id;
});
afterAll(() => service.stop());

const FOREIGN: Record<string, string>[] = [
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: `http://${HOST}` },
  { Origin: OTHER },
  { Origin: 'null' },
  { Origin: `http://${HOST}.elsewhere.example` },
];

describe('a write with the cookie of a session', () => {
  const write = (headers: Record<string, string>) =>
    service.api
      .post('/v1/incidents')
      .set({ Host: HOST, ...cookie, ...headers })
      .send(anIncident());

  test.each([
    [{ 'Sec-Fetch-Site': 'same-origin' }],
    [{ Origin: `http://${HOST}` }],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: `https://${HOST}` }],
  ])('is accepted from a page of the service: %p', async (headers: Record<string, string>) => {
    await write(headers).expect(201);
  });

  test.each(FOREIGN.map((headers) => [headers]))('is refused from elsewhere: %p', async (headers) => {
    const { body } = await write(headers).expect(403);
    expect(body).toMatchObject({ type: '/problems/cross-site', code: 'cross-site' });
  });

  test('is refused where nothing says what page sent it', async () => {
    const { body } = await write({}).expect(403);
    expect(body.code).toBe('origin-missing');
  });

  test('is refused by every method, and as a form', async () => {
    const headers = { ...cookie, 'Sec-Fetch-Site': 'cross-site' };
    for (const method of ['put', 'patch', 'delete'] as const)
      await service.api[method](`/v1/collections/incidents/items/${strict}`).set(headers).expect(403);
    await service.api.post('/v1/incidents').set(headers).type('form').send({ kind: 'fire' }).expect(403);
    await service.api.get(`/v1/incidents/${strict}`).set(cookie).expect(200);
  });
});

describe('signing in and out', () => {
  test.each(FOREIGN.map((headers) => [headers]))('is not for pages of elsewhere: %p', async (headers) => {
    const sent = { Host: HOST, ...headers };
    const answers = [
      await service.api.post('/session').set(sent).send({ key }),
      await service.api.post('/session').set(sent).type('form').send({ key }),
      await service.api.post('/session/end').set(sent).type('form').send({ return: '/' }),
      await service.api.delete('/session').set({ ...sent, ...cookie }),
    ];
    for (const { status, body, headers: set } of answers) {
      expect({ status, type: body.type }).toEqual({ status: 403, type: '/problems/cross-site' });
      expect(setCookies(set)).toEqual([]);
    }
    await service.api.get('/v1/me').set(cookie).expect(200);
  });

  test.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    'https://elsewhere.example/v1/',
    'https:elsewhere.example',
    'javascript:alert(1)',
    'data:text/html,x',
    ' //elsewhere.example',
    '/\t/elsewhere.example',
    'http://[',
  ])('leads to no other host: %j', async (back) => {
    const { status, headers } = await service.api
      .post('/session')
      .set(OWN_PAGE)
      .type('form')
      .send({ key, return: back });
    expect({ status, set: setCookies(headers).length }).toEqual({ status: 400, set: 0 });
    await service.api.get('/session').query({ return: back }).expect(400);
  });

  test.each([
    ['/v1/zones?f=html#x', '/v1/zones?f=html#x'],
    ['/.//elsewhere.example', '/elsewhere.example'],
    ['zones', '/zones'],
    ['', '/'],
  ])('leads back to %j as %j', async (back, path) => {
    const { headers } = await service.api
      .post('/session')
      .set(OWN_PAGE)
      .type('form')
      .send({ key, return: back })
      .expect(303);
    expect(headers.location).toBe(path);
  });
});

test('a page of another site does not learn what exists by embedding it', async () => {
  const embedded = { ...cookie, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' };
  for (const id of [strict, '0199e0c4-6d00-7c1e-9f5e-000000000001'])
    await service.api.get(`/v1/incidents/${id}`).set(embedded).expect(403);
});

test('no answer lets a page of another site read with a cookie', async () => {
  for (const path of [`/v1/incidents/${strict}`, '/session', '/v1/me']) {
    const { headers } = await service.api.get(path).set({ ...cookie, Origin: OTHER });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  }
});

test('guesses of keys and sessions are counted together, and known ones pass', async () => {
  const limited = service.apiWith({ access: { rateLimits: { perKey: 0, perAddress: 100_000 } } });
  await limited.get('/v1/me').set(cookie).expect(200);
  const statuses = new Set<number>();
  for (let n = 0; n < 160; n++) {
    const one = await limited
      .post('/session')
      .set(OWN_PAGE)
      .send({ key: `tp_guess${n}` });
    const other = await limited.get('/v1/me').set('Cookie', `tripoint-session=tp_session_guess${n}`);
    statuses.add(one.status).add(other.status);
  }
  expect([...statuses].sort()).toEqual([401, 429]);
  const { headers } = await limited.post('/session').set(OWN_PAGE).send({ key: 'tp_more' }).expect(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  await limited.get('/v1/me').set(cookie).expect(200);
});

test('what a caller sees with a cookie is private and varies by it; a dead one is no stranger', async () => {
  const read = (headers: Record<string, string>) => service.api.get(`/v1/incidents/${strict}`).set(headers);
  const own = await read(cookie).expect(200);
  const dead = await read({ Cookie: 'tripoint-session=tp_session_dead' }).expect(401);
  for (const { headers } of [own, dead]) {
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers.vary).toContain('Cookie');
  }
  // cookies of other services on the host do not count
  const { headers } = await read({ Cookie: 'theme=dark' }).expect(404);
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers.vary).toContain('Cookie');
  await read({ ...cookie, 'If-None-Match': own.headers.etag! }).expect(304);
  await read({ 'If-None-Match': own.headers.etag! }).expect(404);
});
