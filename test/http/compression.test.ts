import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { compressed } from '../../src/http/compression.ts';
import { entriesSoon } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { importIncidents, listening } from '../support/served.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let server: Server;
const reader = as(keyOf('TUN', 'reader'));
const MANY = 4500;

beforeAll(async () => {
  service = await startService();
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({ externalId: `many-${n}`, source: 'many', tlp: 'GREEN' }),
  );
  await importIncidents(service, features);
  server = await listening(service);
});
afterAll(async () => {
  server.close();
  await service.stop();
});

const PLAIN = { gzip: gunzipSync, br: brotliDecompressSync, identity: (bytes: Buffer) => bytes };
type Encoding = keyof typeof PLAIN;

/** An answer as it comes over the wire. */
const open = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, path, method, headers: { ...reader, ...headers } }, resolve).on('error', reject);
  });
async function ask(path: string, encoding: Encoding, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await open(path, { 'Accept-Encoding': encoding, ...headers }, method);
  const bytes = await buffer(answer);
  const used = (answer.headers['content-encoding'] ?? 'identity') as Encoding;
  return {
    status: answer.statusCode,
    headers: answer.headers,
    used,
    size: bytes.length,
    bytes: PLAIN[used](bytes),
  };
}

describe.each<Encoding>(['gzip', 'br'])('with %s', (encoding) => {
  test.each([
    '/v1/collections/segments/items/DZA-TUN-01',
    '/v1/openapi.json',
    '/v1/collections/segments/items?f=geojsonseq',
    '/v1/collections/incidents/items?f=csv',
  ])('%s is the same text, in far fewer bytes', async (path) => {
    const [plain, packed] = [await ask(path, 'identity'), await ask(path, encoding)];
    expect([plain.used, packed.used]).toEqual(['identity', encoding]);
    expect(packed.bytes.equals(plain.bytes)).toBe(true);
    expect(packed.size).toBeLessThan(plain.size / 2);
    expect(packed.headers['content-length']).toBeUndefined();
    for (const name of ['etag', 'content-type', 'vary', 'cache-control'])
      expect([name, packed.headers[name]]).toEqual([name, plain.headers[name]]);
    expect(packed.headers.vary).toMatch(/Accept-Encoding/);
  });

  test('unchanged content is not sent again', async () => {
    const path = '/v1/collections/segments/items/DZA-TUN-01';
    const { headers } = await ask(path, encoding);
    expect(headers.etag).toMatch(/^W\//);
    const again = await ask(path, encoding, { 'If-None-Match': headers.etag! });
    expect([again.status, again.size, again.headers.etag]).toEqual([304, 0, headers.etag]);
    expect(again.headers['content-encoding']).toBeUndefined();
    const elsewhere = await ask(path, 'identity', { 'If-None-Match': headers.etag! });
    expect(elsewhere.status).toBe(304);
  });

  test('HEAD works without compression', async () => {
    const head = await ask('/v1/collections/segments/items?limit=10', encoding, {}, 'HEAD');
    expect([head.status, head.size, head.used]).toEqual([200, 0, 'identity']);
  });

  test.each(['fgb', 'gpkg', 'parquet'])('files as %s are not compressed, so that ranges work', async (f) => {
    const { headers: redirect } = await ask(`/v1/collections/segments/items?f=${f}`, encoding);
    const { used, headers, size } = await ask(redirect.location!, encoding);
    expect(size).toBeGreaterThan(0);
    expect([used, Number(headers['content-length'])]).toEqual(['identity', size]);
  });

  test.each([
    ['no-cache', encoding],
    // what holds a secret, such as a key that was just made
    ['no-store', undefined],
  ])('a long answer that is %s has the encoding %s', async (control, expected) => {
    const own = express().use(compressed());
    own.get('/', (_req, res) => {
      res.setHeader('Cache-Control', control);
      res.json({ key: 'x'.repeat(5000) });
    });
    const { headers } = await supertest(own).get('/').set('Accept-Encoding', encoding);
    expect(headers['content-encoding']).toBe(expected);
  });

  test('a stream ends when its reader leaves', async () => {
    const requestId = `left-${encoding}`;
    const answer = await open('/v1/collections/incidents/items?f=geojsonseq', {
      'Accept-Encoding': encoding,
      'X-Request-Id': requestId,
    });
    expect(answer.headers['content-encoding']).toBe(encoding);
    await once(answer, 'readable');
    answer.destroy();
    const outcomes = (await entriesSoon(service, requestId, 2)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['begun', expect.stringMatching(/aborted|complete/)]);
  });
});

test('small answers are not compressed', async () => {
  const { used, size } = await ask('/healthz', 'gzip');
  expect(size).toBeLessThan(1024);
  expect(used).toBe('identity');
});

test('clients without Accept-Encoding get no compression', async () => {
  const answer = await open('/v1/collections/segments/items?limit=10');
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(Number(answer.headers['content-length'])).toBe((await buffer(answer)).length);
});
