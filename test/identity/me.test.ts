import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeTripoint } from '../../src/app.ts';
import { type CountryCode, ROLES, type Role } from '../../src/core/caller.ts';
import type { Operation } from '../../src/http/operation.ts';
import { AUDIENCE, aSigningKey, openProvider, type TestProvider } from '../support/provider.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let provider: TestProvider;
beforeAll(async () => {
  const claims = { tripoint_agency: 'tun-douane', tripoint_roles: ['reader'] };
  provider = await openProvider([{ id: 'desk', claims }], [await aSigningKey('first')]);
  const { issuer } = provider;
  const oidc = { issuer, audience: AUDIENCE, agencyClaim: 'tripoint_agency', rolesClaim: 'tripoint_roles' };
  service = await startService({
    access: { oidc, rateLimits: { perKey: 5000, perAddress: 0 } },
    streams: { mostPerCaller: 7 },
  });
});
afterAll(async () => {
  await provider.stop();
  await service.stop();
});

const admin = as(keyOf('TUN', 'admin'));
const me = async (key: string) => (await service.api.get('/v1/me').set(as(key)).expect(200)).body;
const newKey = async (more: object): Promise<{ id: string; key: string }> =>
  (
    await service.api
      .post('/v1/keys')
      .set(admin)
      .send({ agency: 'tun-douane', roles: ['reader', 'reporter'], ...more })
      .expect(201)
  ).body;

test('a key reads its agency, its roles and its expiry', async () => {
  const expiresAt = '2099-05-01T12:00:00.000Z';
  const { id, key } = await newKey({ expiresAt });
  expect(await me(key)).toMatchObject({
    agency: 'tun-douane',
    names: { en: expect.any(String) },
    country: 'TUN',
    roles: ['reader', 'reporter'],
    key: id,
    expiresAt,
  });
  const endless = await newKey({});
  expect(await me(endless.key)).toMatchObject({ key: endless.id, expiresAt: null });
});

test('a key that was rotated reads when its overlap ends', async () => {
  const { id, key } = await newKey({});
  expect(await me(key)).toMatchObject({ expiresAt: null });
  const rotation = service.api.post(`/v1/keys/${id}/rotation`).set(admin);
  await rotation.send({ overlapSeconds: 3600 }).expect(201);
  const { expiresAt } = await me(key);
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

test('a token has no key, and expires', async () => {
  const token = await provider.tokenOf('desk');
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const body = await me(token);
  expect(body).toMatchObject({ agency: 'tun-douane', roles: ['reader'], key: null });
  expect(Date.parse(body.expiresAt)).toBe(exp * 1000);
});

test('the limits are those that the service keeps', async () => {
  const answer = await service.api
    .get('/v1/me')
    .set(as(keyOf('LBY', 'reader')))
    .expect(200);
  expect(answer.body.limits).toEqual({
    requestsPerMinute: Number(answer.headers['ratelimit-limit']),
    streams: 7,
    pageRows: 10_000,
    bodyBytes: 1_048_576,
  });
  const free = service.apiWith({});
  const { body } = await free
    .get('/v1/me')
    .set(as(keyOf('LBY', 'reader')))
    .expect(200);
  expect(body.limits).toMatchObject({ requestsPerMinute: null, streams: 100 });
});

test('without a key it is 401', async () => {
  await service.api.get('/v1/me').expect(401);
});

describe('the operations are those that are not refused for the role, as', () => {
  // without a body or a row, an operation that the role allows fails in another way
  const probes = describeTripoint().operations.filter(({ id }) => id !== 'streamChanges');
  const statusOf = async ({ method, path }: Operation, country: CountryCode, role: Role) => {
    const address = `/v1${path.replace(/\{\w+\}/g, 'nowhere')}`;
    const sent = service.api[method](address).set(as(keyOf(country, role)));
    return (await (method === 'get' ? sent : sent.set('Content-Type', 'text/csv'))).body?.code;
  };

  test.each(ROLES)('%s', async (role) => {
    const { operations, agency } = await me(keyOf('DZA', role));
    expect(agency).toBe(agencyOf(keyOf('DZA', role)));
    const wrong: string[] = [];
    for (const one of probes) {
      const isRefused = (await statusOf(one, 'DZA', role)) === 'role-missing';
      if (isRefused === operations.includes(one.id)) wrong.push(one.id);
    }
    expect(wrong).toEqual([]);
  });
});
