import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';

const api = request(sampleApp().app);

test('security headers are set, and the server does not reveal its software', async () => {
  const { headers } = await api.get('/v1/zones');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
  expect(headers['x-powered-by']).toBeUndefined();
});

test('answers of the API vary by key, and no shared cache stores the answer to a key', async () => {
  const { headers } = await api.get('/v1/zones');
  expect(headers).toMatchObject({
    vary: 'Accept, Accept-Encoding, Authorization, X-API-Key, Cookie',
    'cache-control': 'no-cache',
  });
  const shown = [{ Authorization: 'Bearer reader' }, { Authorization: 'Bearer wrong' }, { 'X-API-Key': 'x' }];
  for (const credential of shown) {
    const answer = await api.get('/v1/zones').set(credential as Record<string, string>);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
  }
});

test('pages of other sites may read, and see the headers that matter', async () => {
  const { headers } = await api.get('/v1/zones').set('Origin', 'https://elsewhere.example');
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['access-control-allow-credentials']).toBeUndefined();
  for (const name of ['Link', 'Location', 'ETag', 'X-Request-Id', 'Content-Crs', 'OGC-NumberMatched'])
    expect(headers['access-control-expose-headers']!.split(',')).toContain(name);
});

test('pages of other sites may not write', async () => {
  const { headers } = await api.post('/v1/echo').set('Origin', 'https://elsewhere.example').send({});
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('a preflight returns the read methods', async () => {
  const { headers } = await api
    .options('/v1/zones')
    .set({ Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'GET' })
    .expect(204);
  expect(headers['access-control-allow-methods']).toBe('GET,HEAD,OPTIONS');
});

test('a plain OPTIONS returns the methods of the path', async () => {
  const { headers } = await api.options('/v1/zones').set('Authorization', 'Bearer operator').expect(200);
  expect(headers.allow).toBe('GET, POST, HEAD, OPTIONS');
});

test('the origin of readers can be limited', async () => {
  const limited = sampleApp({ corsOrigin: 'https://here.example' });
  const { headers } = await request(limited.app).get('/v1/zones').set('Origin', 'https://elsewhere.example');
  expect(headers['access-control-allow-origin']).toBe('https://here.example');
  expect(headers.vary).toContain('Origin');
});
