import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { BROWSER, PAGES, readPage } from '../support/pages.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { AUTUMN, stamp } from '../support/worlds.ts';

const reporter = as(keyOf('TUN', 'reporter'));
const operator = as(keyOf('TUN', 'operator'));
const NOT_REAL = 'Exercise Autumn: nothing here is real.';

let autumn: TestService;
let actual: TestService;
beforeAll(async () => {
  autumn = await startService();
  await stamp(autumn.connection, AUTUMN);
  actual = await startService();
});
afterAll(() => Promise.all([autumn.stop(), actual.stop()]));

const worldOf = ({ headers }: Response) => headers['tripoint-world'];

const write = async ({ api }: TestService) => {
  const { headers, body } = await api.post('/v1/incidents').set(reporter).send(anIncident()).expect(201);
  return { tag: headers.etag!, path: `/v1/incidents/${body.id}` };
};

describe('the header Tripoint-World', () => {
  test.each([
    '/',
    '/v1/',
    '/v1/openapi.json',
    '/v1/incidents',
    '/v1/crossings/ras-ajdir',
    '/v1/collections/segments/items?f=csv',
    '/v1/collections/incidents/items?f=fgb',
    '/v1/collections/incidents/items?f=gpkg',
    '/v1/collections/segments/tiles/WebMercatorQuad/6/25/33',
    '/v1/incidents.atom',
    '/v1/incidents/0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
    '/v1/me',
    '/v1/no-such-path',
    '/no-such-path',
    '/docs/',
    '/docs/swagger-ui.css',
    '/problems/not-found',
    '/assets/x/pages.css',
    '/healthz',
    '/readyz',
    '/metrics',
  ])('is on %s in an exercise, and in the actual world on nothing', async (path) => {
    expect(worldOf(await autumn.api.get(path))).toBe('autumn');
    expect(worldOf(await actual.api.get(path))).toBeUndefined();
  });

  test('is on refused writes and on OPTIONS', async () => {
    expect(worldOf(await autumn.api.post('/v1/incidents').set(reporter).send({}).expect(400))).toBe('autumn');
    expect(worldOf(await autumn.api.post('/v1/incidents').send(anIncident()).expect(401))).toBe('autumn');
    expect(worldOf(await autumn.api.options('/v1/incidents'))).toBe('autumn');
  });

  test('may be read by pages of other sites', async () => {
    const ask = ({ api }: TestService) => api.get('/v1/crossings').set('Origin', 'https://example.org');
    expect((await ask(autumn)).headers['access-control-expose-headers']).toMatch(/,Tripoint-World$/);
    expect((await ask(actual)).headers['access-control-expose-headers']).not.toMatch(/Tripoint-World/);
  });
});

describe('documents and pages', () => {
  test.each([...PAGES.filter((path) => !/exercise-jefara|dza-anp/.test(path)), '/problems', '/docs/'])(
    'the page %s of an exercise says that nothing is real',
    async (path) => {
      const { text } = await readPage(autumn.api, path);
      expect(text).toContain(NOT_REAL);
      expect(text).toMatch(/<title>[^<]*\(exercise Autumn\)<\/title>/);
      expect(text).toContain('lang="ar"');
      expect((await readPage(actual.api, path)).text).not.toMatch(/exercise\.css|nothing here is real/);
    },
  );

  test('the page of a problem says it', async () => {
    const ask = ({ api }: TestService) => api.get('/v1/me').set('Accept', BROWSER).expect(401);
    expect((await ask(autumn)).text).toContain(NOT_REAL);
    expect((await ask(actual)).text).not.toContain('nothing here is real');
  });

  test('the landing page, the OpenAPI document, styles and TileJSON are titled after the exercise', async () => {
    const read = async (path: string) => (await autumn.api.get(path).expect(200)).body;
    const landing = await read('/v1/');
    expect(landing.title).toBe('Tripoint (exercise Autumn)');
    expect(landing.description).toMatch(NOT_REAL);
    const { info } = JSON.parse((await autumn.api.get('/v1/openapi.json').buffer(true)).text);
    expect(info.title).toBe('Tripoint (exercise Autumn)');
    expect(info.description).toMatch(NOT_REAL);
    const style = await autumn.api.get('/v1/style').expect(200);
    expect(JSON.parse(style.text).name).toBe('Tripoint (exercise Autumn)');
    const tiles = await autumn.api
      .get('/v1/collections/segments/tiles/WebMercatorQuad?f=tilejson')
      .expect(200);
    expect(JSON.parse(tiles.text).name).toMatch(/\(exercise Autumn\)$/);
  });

  test('GET /v1/me names the world of the key', async () => {
    expect((await autumn.api.get('/v1/me').set(operator).expect(200)).body.world).toBe('autumn');
    expect((await actual.api.get('/v1/me').set(operator).expect(200)).body.world).toBe('actual');
  });
});

describe('versions', () => {
  test('the ETag of an exercise begins with its id, also that of bytes', async () => {
    const { tag, path } = await write(autumn);
    expect(tag).toMatch(/^"autumn:1\./);
    for (const one of [path, '/v1/incidents', '/v1/collections', '/v1/openapi.json'])
      expect((await autumn.api.get(one).set(reporter)).headers.etag).toMatch(/^(W\/)?"autumn:/);
    expect((await write(actual)).tag).toMatch(/^"1\./);
  });

  test('If-Match takes a version of its own world', async () => {
    for (const world of [autumn, actual]) {
      const { tag, path } = await write(world);
      await world.api
        .post(`${path}/reports`)
        .set({ ...reporter, 'If-Match': tag })
        .send({ text: 'seen again' })
        .expect(201);
      const { body } = await world.api
        .post(`${path}/reports`)
        .set({ ...reporter, 'If-Match': tag })
        .send({ text: 'seen' })
        .expect(412);
      expect(body.detail).toContain(world === autumn ? '"autumn:2"' : '"2"');
    }
  });

  test('a version of another world is 412, though the number is the same', async () => {
    const here = await write(actual);
    const there = await write(autumn);
    const report = (world: TestService, path: string, tag: string) =>
      world.api
        .post(`${path}/reports`)
        .set({ ...reporter, 'If-Match': tag })
        .send({ text: 'seen again' });
    await report(actual, here.path, there.tag).expect(412);
    await report(autumn, there.path, here.tag).expect(412);
    await report(actual, here.path, '"autumn:1"').expect(412);
    await report(autumn, there.path, '"1"').expect(412);
    await report(autumn, there.path, '"spring:1"').expect(412);
  });

  test('If-None-Match answers 304 within a world', async () => {
    for (const path of [
      '/v1/segments',
      '/v1/collections',
      '/v1/collections/segments/items?f=geojsonseq',
      '/v1/collections/borders/tiles/WebMercatorQuad/6/25/33',
    ]) {
      const { headers } = await autumn.api.get(path).expect(200);
      const again = await autumn.api.get(path).set('If-None-Match', headers.etag!);
      expect({ path, status: again.status, tag: again.headers.etag }).toEqual({
        path,
        status: 304,
        tag: headers.etag,
      });
      await actual.api.get(path).set('If-None-Match', headers.etag!).expect(200);
    }
  });

  test('a file of an exercise is resumed by its ETag', async () => {
    const first = await autumn.api.get('/v1/collections/segments/items?f=fgb').set(reporter).expect(302);
    const path = first.headers.location!;
    const { headers } = await autumn.api.get(path).set(reporter).expect(200);
    expect(headers.etag).toMatch(/^"autumn:[\w-]{43}"$/);
    const ask = (tag: string) =>
      autumn.api.get(path).set({ ...reporter, Range: 'bytes=10-19', 'If-Range': tag });
    await ask(headers.etag!).expect(206);
    await ask(headers.etag!.replace('autumn:', '')).expect(200);
    await autumn.api
      .get(path)
      .set({ ...reporter, 'If-None-Match': headers.etag! })
      .expect(304);
  });

  test('a cursor of another world is refused', async () => {
    for (const world of [autumn, actual]) for (let n = 0; n < 3; n++) await write(world);
    const next = async (from: TestService) => {
      const { body } = await from.api.get('/v1/incidents?limit=1').set(reporter).expect(200);
      const { pathname, search } = new URL(
        body.links.find(({ rel }: { rel: string }) => rel === 'next').href,
      );
      return pathname + search;
    };
    await autumn.api
      .get(await next(autumn))
      .set(reporter)
      .expect(200);
    await actual.api
      .get(await next(actual))
      .set(reporter)
      .expect(200);
    const [here, there] = [await next(actual), await next(autumn)];
    for (const refused of [actual.api.get(there), autumn.api.get(here)])
      expect((await refused.set(reporter).expect(400)).body.code).toBe('cursor-foreign');
  });

  test('the next page of a question in a body, and the parts of a layer, stay in their world', async () => {
    const search = ({ api }: TestService, body: object) =>
      api
        .post('/v1/collections/incidents/search')
        .set(reporter)
        .send({ limit: 1, ...body });
    const { body } = await search(autumn, {}).expect(200);
    const next = body.links.find(({ rel }: { rel: string }) => rel === 'next').body;
    await search(autumn, next).expect(200);
    await search(actual, next).expect(400);
    const parts = await autumn.api
      .get('/v1/collections/incidents/items/partitions?count=2')
      .set(reporter)
      .expect(200);
    const ends = parts.body.links.filter(({ rel }: { rel: string }) => rel === 'items');
    expect(ends.length).toBe(2);
    for (const { href } of ends) {
      const { pathname, search: query } = new URL(href);
      await autumn.api
        .get(pathname + query)
        .set(reporter)
        .expect(200);
      await actual.api
        .get(pathname + query)
        .set(reporter)
        .expect(400);
    }
  });

  test('a cursor of the feed is sealed by a secret of its database', async () => {
    await asTableOwner(actual.db, sql`UPDATE base.feed SET secret = sha256('another')`);
    const { body } = await autumn.api.get('/v1/changes').set(reporter).expect(200);
    const follow = ({ api }: TestService) =>
      api.get('/v1/changes').query({ after: body.cursor }).set(reporter);
    await follow(autumn).expect(200);
    await follow(actual).expect(400);
  });
});
