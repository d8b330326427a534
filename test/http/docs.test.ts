import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';

const api = request(sampleApp().app);

test('/docs redirects to /docs/, because its assets are relative to it', async () => {
  const { headers } = await api.get('/docs').expect(301);
  expect(new URL(headers.location!, 'http://x/docs').pathname).toBe('/docs/');
});

test('the page has no inline script and loads nothing from other hosts', async () => {
  const { text, headers } = await api.get('/docs/').expect(200);
  expect(headers['content-type']).toContain('text/html');
  const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
  expect(scripts.map(([, , code]) => code!.trim())).toEqual(scripts.map(() => ''));
  const assets = [...text.matchAll(/(?:src|href)=["']([^"'#]+)["']/g)].map(([, url]) => url!);
  expect(assets).toContain('./swagger-ui-init.js');
  for (const url of assets) {
    expect(url).toMatch(/^\.\/|^\/assets\//);
    await api.get(new URL(url, 'http://x/docs/').pathname).expect(200);
  }
});

test('the page shows the document of this service without an external validator', async () => {
  const { text } = await api.get('/docs/swagger-ui-init.js').expect(200);
  expect(text).toContain('"swaggerUrl": "/v1/openapi.json"');
  expect(text).toContain('"validatorUrl": null');
  expect(text).not.toMatch(/https?:\/\//);
});

test('the policy of the page allows its own scripts only', async () => {
  const { headers } = await api.get('/docs/');
  expect(headers['content-security-policy']).toMatch(/script-src 'self';.*connect-src 'self'/);
});

test('the demo page of Swagger UI, which shows a foreign API, is not served', async () => {
  await api.get('/docs/index.html').expect(404);
  await api.get('/docs/package.json').expect(404);
  await api.get('/docs/swagger-initializer.js').expect(404);
});

test('the document has the media type of OpenAPI 3.0, and an ETag', async () => {
  const { headers, body } = await api.get('/v1/openapi.json').expect(200);
  expect(headers['content-type']).toBe('application/vnd.oai.openapi+json;version=3.0');
  expect(body.openapi).toBe('3.0.3');
  await api.get('/v1/openapi.json').set('If-None-Match', headers.etag!).expect(304);
});
