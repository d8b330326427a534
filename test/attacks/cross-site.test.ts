import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const PUBLIC = 'https://tripoint.example';
const OTHER = 'https://elsewhere.example';
const HOST = 'internal.example:8080';
const key = keyOf('TUN', 'reporter');
const basic = { Authorization: `Basic ${Buffer.from(`desk:${key}`).toString('base64')}` };

let service: TestService;
let strict: string;
beforeAll(async () => {
  service = await startService({ publicUrl: `${PUBLIC}/`, trustProxy: 1 });
  const { body } = await service.api.post('/v1/incidents').set(as(key)).send(anIncident()).expect(201);
  strict = body.id;
});
afterAll(() => service.stop());

const write = (headers: Record<string, string>) =>
  service.api
    .post('/v1/incidents')
    .set({ Host: HOST, ...headers })
    .send(anIncident());

describe('a write with a key that the browser keeps', () => {
  const own: Record<string, string>[] = [
    {},
    { 'Sec-Fetch-Site': 'same-origin', Origin: OTHER },
    { 'Sec-Fetch-Site': 'none' },
    { Origin: `http://${HOST}` },
    { Origin: `https://${HOST}` },
    { Origin: PUBLIC },
    { Origin: 'https://proxy.example', 'X-Forwarded-Host': 'proxy.example' },
  ];
  test.each(own.map((headers) => [headers]))(
    'is accepted from its own pages and from programs: %p',
    async (headers) => {
      await write({ ...basic, ...headers }).expect(201);
    },
  );

  const foreign: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: PUBLIC },
    { 'Sec-Fetch-Site': '' },
    { Origin: OTHER },
    { Origin: 'null' },
    { Origin: 'http://internal.example' },
    { Origin: `${PUBLIC}:8443` },
    { Origin: 'http://tripoint.example' },
    { Origin: `http://${HOST}.elsewhere.example` },
  ];
  test.each(foreign.map((headers) => [headers]))('is refused from other origins: %p', async (headers) => {
    const { body } = await write({ ...basic, ...headers }).expect(403);
    expect(body.type).toBe('/problems/cross-site');
  });

  test('is refused whatever its method, and before the key is looked at', async () => {
    const headers = { ...basic, 'Sec-Fetch-Site': 'cross-site' };
    for (const method of ['put', 'patch', 'delete'] as const)
      await service.api[method](`/v1/collections/incidents/items/${strict}`).set(headers).expect(403);
    await write({ ...headers, Authorization: 'Basic AAAA' }).expect(403);
    await write({ Cookie: 'any=1', 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  });
});

test('a page of another site that knows a key sends it as a bearer token', async () => {
  for (const headers of [as(key), { 'X-API-Key': key }])
    await write({ ...headers, Origin: OTHER, 'Sec-Fetch-Site': 'cross-site' }).expect(201);
});

test('a page of another site does not learn what exists by embedding it', async () => {
  const embedded = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
  const read = (id: string, headers: object) =>
    service.api.get(`/v1/incidents/${id}`).set({ ...basic, ...headers });
  for (const id of [strict, '0199e0c4-6d00-7c1e-9f5e-000000000001'])
    expect((await read(id, embedded)).status).toBe(403);
  for (const mode of ['navigate', 'cors'])
    await read(strict, { ...embedded, 'Sec-Fetch-Mode': mode }).expect(200);
  await service.api.get('/v1/borders').set(embedded).expect(200);
});

describe('a request that needs no body refuses the types of forms', () => {
  const propose = (type: string | undefined, body?: string) => {
    const sent = service.api
      .post('/v1/zones/nowhere/proposal')
      .set({ ...as(keyOf('TUN', 'operator')), ...(type !== undefined && { 'Content-Type': type }) });
    return body === undefined ? sent : sent.send(body);
  };
  test.each([
    ['text/plain', undefined],
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', undefined],
    ['application/x-www-form-urlencoded', 'a=1'],
    ['multipart/form-data; boundary=x', '--x--'],
  ])('%s with the body %p', async (type, body) => {
    const { body: problem } = await propose(type, body).expect(415);
    expect(problem.type).toBe('/problems/unsupported-media-type');
  });

  test('but not JSON, and not no type at all', async () => {
    for (const [type, body] of [
      [undefined, undefined],
      ['application/json', '{}'],
    ] as const)
      expect((await propose(type, body)).status).not.toBe(415);
  });
});
