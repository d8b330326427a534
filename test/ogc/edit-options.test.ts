import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { aFlatIncident, aFlatZone } from '../support/builders.flat.ts';
import { ANYBODY, CALLERS } from '../support/callers.ts';
import { openClient } from '../support/http.client.ts';
import { editorOf, LAYERS } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const READING = 'GET, HEAD, OPTIONS';
const WRITERS: Record<string, readonly string[]> = {
  zones: ['operator'],
  incidents: ['reporter', 'operator'],
};
const options = (path: string, headers: Record<string, string>) =>
  service.api.options(`/v1/collections/${path}`).set(headers);

describe('ogcapi-features-4/create-replace-delete: OPTIONS', () => {
  test.each(LAYERS)("of %s lists the caller's methods", async (layer) => {
    for (const caller of CALLERS) {
      const mayWrite = caller.roles.some((role) => WRITERS[layer]?.includes(role));
      const expected = mayWrite
        ? ['GET, POST, HEAD, OPTIONS', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS']
        : [READING, READING];
      const allowed = [];
      for (const path of [`${layer}/items`, `${layer}/items/unknown_id`]) {
        const { headers, text } = await options(path, caller.headers).expect(200);
        expect(text).toBe('');
        allowed.push(headers.allow);
      }
      expect([caller.name, ...allowed]).toEqual([caller.name, ...expected]);
    }
  });

  test('names the media types that may be sent', async () => {
    const operator = as(keyOf('TUN', 'operator'));
    const items = await options('zones/items', operator);
    expect(items.headers['accept-post']).toBe('application/json, application/geo+json');
    const one = await options('zones/items/x', operator);
    expect(one.headers['accept-patch']).toContain('application/merge-patch+json');
    expect((await options('zones/items', {})).headers['accept-post']).toBeUndefined();
  });

  test('is the same for hidden, visible and missing features', async () => {
    const tunisia = (layer: string) => editorOf(service.api, layer, as(keyOf('TUN', 'operator')));
    const things = {
      zones: [await tunisia('zones').add(aFlatZone()), 'nowhere'],
      incidents: [
        await tunisia('incidents').add(aFlatIncident()),
        await tunisia('incidents').add(aFlatIncident({ tlp: 'CLEAR' })),
        uuidv7(),
      ],
    };
    const changing = /^(date|x-request-id|ratelimit-.*)$/;
    for (const [layer, ids] of Object.entries(things))
      for (const { headers } of [ANYBODY, { headers: as(keyOf('DZA', 'operator')) }]) {
        const answers = [];
        for (const id of ids) {
          const answer = await options(`${layer}/items/${id}`, headers).expect(200);
          answers.push(
            JSON.stringify(Object.entries(answer.headers).filter(([name]) => !changing.test(name))),
          );
        }
        expect(new Set(answers).size).toBe(1);
      }
  });

  test('accepts the key as QGIS sends it, and refuses an invalid one', async () => {
    const basic = (key: string) => ({
      Authorization: `Basic ${Buffer.from(`qgis:${key}`).toString('base64')}`,
    });
    const { headers } = await options('zones/items', basic(keyOf('TUN', 'operator'))).expect(200);
    expect(headers.allow).toContain('POST');
    await options('zones/items', basic('tp_wrong')).expect(401);
  });

  test('as a browser preflight still allows other sites to read', async () => {
    const { headers } = await options('zones/items', {
      Origin: 'https://maps.example',
      'Access-Control-Request-Method': 'GET',
    }).expect(204);
    expect(headers['access-control-allow-methods']).toBe('GET,HEAD,OPTIONS');
    // with an origin alone it is no question of a browser
    const plain = await options('zones/items', {
      ...as(keyOf('TUN', 'operator')),
      Origin: 'https://maps.example',
    });
    expect([plain.status, plain.headers.allow]).toEqual([200, 'GET, POST, HEAD, OPTIONS']);
  });
});

describe('the body of a feature', () => {
  const operator = as(keyOf('TUN', 'operator'));
  const post = (headers: Record<string, string>, body: string | object) =>
    service.api
      .post('/v1/collections/zones/items')
      .set({ ...operator, ...headers })
      .send(body);

  test.each(['application/geo+json', 'application/json', 'application/geo+json; charset=utf-8'])(
    'may be %s',
    (type) => post({ 'Content-Type': type }, JSON.stringify(aFlatZone())).expect(201),
  );

  test('must have a supported Content-Type', async () => {
    await post({ 'Content-Type': 'text/plain' }, JSON.stringify(aFlatZone())).expect(415);
    const client = await openClient(service.app);
    for (const method of ['POST', 'PUT']) {
      const path = `/v1/collections/zones/items${method === 'PUT' ? '/x' : ''}`;
      // bytes are sent without a Content-Type
      const body = Buffer.from(JSON.stringify(aFlatZone()));
      const answer = await fetch(client.base + path, { method, headers: operator, body });
      expect([answer.status, (await answer.json()).detail]).toEqual([
        400,
        expect.stringContaining('The Content-Type is missing'),
      ]);
    }
    await client.close();
  });

  test('is distinguished from a filter, and the way to send one is named', async () => {
    const filter = { op: '=', args: [{ property: 'kind' }, 'exercise'] };
    const { body } = await post({ 'Content-Type': 'application/json' }, filter).expect(400);
    expect(body.detail).toContain('filter-lang=cql2-json');
    // and on a layer that takes no features at all
    await service.api.post('/v1/collections/borders/items').send(filter).expect(405);
  });
});
