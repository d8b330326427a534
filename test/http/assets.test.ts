import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { assetUrl } from '../../src/http/assets.ts';
import { sampleApp } from './sample.app.ts';

const api = request(sampleApp().app);

describe('an asset', () => {
  test.each([
    ['map.js', 'text/javascript; charset=utf-8'],
    ['maplibre-gl.mjs', 'text/javascript; charset=utf-8'],
    ['maplibre-gl-worker.mjs', 'text/javascript; charset=utf-8'],
    ['pages.css', 'text/css; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
    ['land.geojson', 'application/geo+json'],
    ['names.geojson', 'application/geo+json'],
    ['symbols@2x.json', 'application/json; charset=utf-8'],
    ['symbols@2x.png', 'image/png'],
  ])('%s is cached forever at a URL with its hash', async (name, type) => {
    const { headers } = await api.get(assetUrl(name)).expect(200).expect('Content-Type', type);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['x-content-type-options']).toBe('nosniff');
    await api.get(assetUrl(name)).set('If-None-Match', headers.etag!).expect(304);
  });

  test('is compressed if the caller accepts it', async () => {
    const bytes = async (encoding: string) => {
      const answer = await api
        .get(assetUrl('maplibre-gl.mjs'))
        .set('Accept-Encoding', encoding)
        .expect(200)
        .expect('Vary', /Accept-Encoding/);
      return { length: Number(answer.headers['content-length']), text: answer.text ?? String(answer.body) };
    };
    const [plain, zipped] = [await bytes('identity'), await bytes('gzip')];
    expect(zipped.length).toBeLessThan(plain.length / 3);
    expect(zipped.text).toBe(plain.text);
  });

  test('of another version is served, and revalidated the next time', async () => {
    const { headers } = await api.get('/assets/another/pages.css').expect(200);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test.each(['package.json', '..%2Fpackage.json', 'constructor', 'maplibre-gl.mjs.map'])(
    'outside the list does not exist: %s',
    async (name) => {
      await api.get(`/assets/x/${name}`).expect(404);
    },
  );
});
