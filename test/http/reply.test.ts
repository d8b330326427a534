import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';

const { app, log } = sampleApp();
const api = request(app);
const zone = { name: 'Ghadames', kind: 'buffer' };

test('JSON of the database is sent unchanged', async () => {
  const response = await api.get('/v1/zones/ghadames').expect(200);
  expect(response.text).toBe('{"id": "ghadames"}');
  expect(response.headers).toMatchObject({ 'content-type': 'application/geo+json', 'content-length': '18' });
});

test('the answer of a read has a weak ETag and becomes 304 for it', async () => {
  const { headers } = await api.get('/v1/zones/ghadames').expect(200);
  expect(headers.etag).toMatch(/^W\//);
  await api.get('/v1/zones/ghadames').set('If-None-Match', headers.etag!).expect(304);
});

test('the answer of a write has no ETag that could be mistaken for a version', async () => {
  const response = await api.post('/v1/zones').set('Authorization', 'Bearer operator').send(zone).expect(201);
  expect(response.headers).toMatchObject({ location: '/v1/zones/new', 'content-type': 'application/json' });
  expect(response.headers.etag).toBeUndefined();
  expect(response.body).toEqual({ ...zone, priority: 3 });
});

test('HEAD returns the headers of GET without a body', async () => {
  const { text, headers } = await api.head('/v1/zones/ghadames').expect(200);
  expect(text).toBeUndefined();
  expect(headers).toMatchObject({ 'content-length': '18', etag: expect.any(String) });
});

test('204 has neither body nor type', async () => {
  const { text, headers } = await api.delete('/v1/zones/ghadames').expect(204);
  expect(text).toBe('');
  expect(headers['content-type']).toBeUndefined();
});

test('the documented headers are sent', async () => {
  const { headers } = await api.get('/v1/zones').expect(200);
  expect(headers.link).toBe('</v1/zones>; rel="next"');
});

test('a stream is sent as it arrives, text as UTF-8', async () => {
  const { text, headers } = await api.get('/v1/export').expect(200);
  expect(text).toBe('id,name\na,غدامس\n');
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'transfer-encoding': 'chunked',
  });
});

test('bytes are sent unchanged', async () => {
  const { body, headers } = await api.get('/v1/tile').responseType('blob').expect(200);
  expect([...body]).toEqual([26, 0, 255]);
  expect(headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
});

test('HEAD of a stream does not wait for its end', () => api.head('/v1/export').expect(200));

test('a stream that fails before its first bytes is answered with a problem', async () => {
  const { body } = await api.get('/v1/export?breaks=before').expect(500);
  expect(body.type).toBe('/problems/internal');
});

test('a stream that fails later is aborted, so that half of it is not mistaken for all', async () => {
  await expect(api.get('/v1/export?breaks=after')).rejects.toThrow(/aborted|hang up/);
  expect(log.filter(({ level }) => level === 50).length).toBeGreaterThan(0);
});

test('a literal path wins over one with a parameter', async () => {
  const { body } = await api.get('/v1/zones/preview').expect(200);
  expect(body).toEqual({ preview: true });
});

test('a trailing slash is tolerated', () => api.get('/v1/zones/ghadames/').expect(200));

test('without a key, an operation with roles answers 401 with the ways to send one', async () => {
  const { body, headers } = await api.post('/v1/zones').send(zone).expect(401);
  expect(headers['www-authenticate']).toBe('Bearer, Basic realm="Tripoint"');
  expect(body.type).toBe('/problems/key-needed');
  expect(body.detail).toContain('one of the roles operator, coordinator');
});

test('with a key of another role, an operation answers 403 naming the roles', async () => {
  const { body } = await api.post('/v1/zones').set('Authorization', 'Bearer reader').send(zone).expect(403);
  expect(body.detail).toBe('This needs a key with one of the roles operator, coordinator; yours has reader.');
});

test('an invalid key is refused even where no key is needed', () =>
  api.get('/v1/zones').set('Authorization', 'Bearer wrong').expect(401));

test('a problem of a handler is answered with its own members', async () => {
  const answer = await api
    .post('/v1/zones')
    .set({ Authorization: 'Bearer operator', 'X-Request-Id': 'abc-1' })
    .send({ ...zone, name: 'taken' })
    .expect(409);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(JSON.parse(answer.text)).toEqual({
    type: '/problems/id-taken',
    title: 'Id taken',
    status: 409,
    detail: 'The id taken is taken by other content. Use a new UUIDv7, or add a report to your incident.',
    code: 'id-taken',
    params: { id: 'taken' },
    instance: '/v1/zones',
    requestId: 'abc-1',
    takenBy: 'x',
  });
});

test('a missing resource is 404', async () => {
  const { body } = await api.get('/v1/zones/nowhere?').expect(404);
  expect(body).toMatchObject({ type: '/problems/not-found', detail: 'There is no zone with id nowhere.' });
});

test('an unexpected error is logged without details for the caller', async () => {
  const { text, body } = await api.get('/v1/misbehave/throw').expect(500);
  expect(text).not.toContain('secret');
  const line = log.find(({ level, err }) => level === 50 && err)!;
  expect(JSON.stringify(line)).toContain('the secret of the database');
  expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['wrong-status', 'misbehave answers 202'],
  ['wrong-body', 'misbehave breaks its response schema'],
  ['extra-property', 'misbehave answers /more'],
])('with checked replies, %s is a fault of the service', async (how, message) => {
  const checked = sampleApp({ checkResponses: true });
  await request(checked.app).get(`/v1/misbehave/${how}`).expect(500);
  expect(JSON.stringify(checked.log)).toContain(message);
});

test('with checked replies, a correct one passes', () =>
  request(sampleApp({ checkResponses: true }).app)
    .get('/v1/misbehave/not')
    .expect(200, { fine: true }));
