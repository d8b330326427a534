import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const key = keyOf('TUN', 'reporter');
const otherKey = keyOf('DZA', 'reporter');
const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const read = (headers: Record<string, string>) => service.api.get('/v1/borders?limit=1').set(headers);

let strict: string;
beforeAll(async () => {
  const { body } = await service.api.post('/v1/incidents').set(as(key)).send(anIncident()).expect(201);
  strict = body.id;
});
/** What only the country of the key sees tells whether the key was understood. */
const readStrict = (headers: Record<string, string>) =>
  service.api.get(`/v1/incidents/${strict}`).set(headers);

describe('a key is understood', () => {
  const forms: [form: string, headers: Record<string, string>][] = [
    ['Authorization: Bearer', as(key)],
    ['bearer in small letters', { Authorization: `bearer ${key}` }],
    ['X-API-Key', { 'X-API-Key': key }],
    ['HTTP Basic with any user name', basic(`qgis:${key}`)],
    ['HTTP Basic with another user name', basic(`ogr2ogr@desk:${key}`)],
    ['HTTP Basic without a user name', basic(`:${key}`)],
    ['two headers that show the same one', { ...as(key), 'X-API-Key': key }],
    ['a key and an empty header', { ...as(key), 'X-API-Key': '' }],
  ];
  test.each(forms)('as %s', async (_form, headers) => {
    await readStrict(headers).expect(200);
  });

  test('and acts for its agency, in every form', async () => {
    for (const [, headers] of forms) {
      const { body } = await service.api.post('/v1/incidents').set(headers).send(anIncident()).expect(201);
      expect(body.properties).toMatchObject({ agency: agencyOf(key), owner: 'TUN' });
    }
  });

  test('without repeating it in the answer', async () => {
    for (const [, headers] of forms) {
      const { text, headers: answered } = await readStrict(headers);
      expect(JSON.stringify([text, answered])).not.toContain(key);
    }
  });
});

describe('without a key', () => {
  test.each([
    ['no header', {}],
    ['an empty X-API-Key', { 'X-API-Key': '' }],
    ['an empty Authorization', { Authorization: '' }],
  ])('and with %s, open layers are readable and others do not exist', async (_what, headers) => {
    await read(headers as Record<string, string>).expect(200);
    await readStrict(headers as Record<string, string>).expect(404);
  });

  test('a write answers 401 and names the required role', async () => {
    const { body, headers } = await service.api.post('/v1/incidents').send(anIncident()).expect(401);
    expect(body.type).toBe('/problems/key-needed');
    expect(body.detail).toMatch(/reporter/);
    expect(headers['www-authenticate']).toMatch(/Bearer.*Basic/);
  });
});

describe('an invalid key answers 401, even where no key is needed', () => {
  const cases: [what: string, headers: Record<string, string>][] = [
    ['an unknown key as Bearer', as('tp_unknown')],
    ['an unknown X-API-Key', { 'X-API-Key': 'tp_unknown' }],
    ['an unknown password', basic('qgis:tp_unknown')],
    ['no password', basic('qgis:')],
    ['the key as user name', basic(`${key}:`)],
    ['the key without a colon', basic(key)],
    ['another scheme', { Authorization: `Digest ${key}` }],
    ['no scheme', { Authorization: key }],
    ['a scheme alone', { Authorization: 'Bearer' }],
    ['Basic alone', { Authorization: 'Basic' }],
    ['no base64', { Authorization: 'Basic ###' }],
    ['two keys in one', { Authorization: `Bearer ${key} ${key}` }],
    ['the key and something more', as(`${key}x`)],
    ['the key cut short', as(key.slice(0, -1))],
    ['the key in capitals', as(key.toUpperCase())],
    ['an endless key', { 'X-API-Key': 'x'.repeat(5000) }],
    ['an endless token', as(`${'x'.repeat(5000)}.y.z`)],
  ];
  test.each(cases)('%s', async (_what, headers) => {
    const { body, headers: answered } = await read(headers).expect(401);
    expect(body).toMatchObject({ type: '/problems/key-needed', status: 401 });
    expect(answered['www-authenticate']).toBeDefined();
    expect(body.detail).not.toContain(key);
    await service.api.post('/v1/incidents').set(headers).send(anIncident()).expect(401);
  });
});

test('two different keys answer 400, even if one is valid', async () => {
  const pairs: Record<string, string>[] = [
    { ...as(key), 'X-API-Key': otherKey },
    { ...basic(`qgis:${key}`), 'X-API-Key': otherKey },
    { ...as(key), 'X-API-Key': 'tp_unknown' },
    { ...as('tp_unknown'), 'X-API-Key': key },
  ];
  for (const headers of pairs) {
    const { body } = await read(headers).expect(400);
    expect(body.detail).toBe('The request carries two different keys. Send one.');
  }
});

test('a valid key with the wrong role answers 403 and names the role', async () => {
  const { body } = await service.api.post('/v1/zones').set(as(key)).send({}).expect(403);
  expect(body).toMatchObject({ type: '/problems/role-needed' });
  expect(body.detail).toMatch(/role operator; yours has reporter/);
});

test('caches separate answers with and without a key', async () => {
  for (const headers of [{}, as(key)]) {
    const { headers: answered } = await read(headers as Record<string, string>).expect(200);
    expect(answered.vary).toMatch(/Authorization/);
    expect(answered.vary).toMatch(/X-API-Key/i);
  }
});
