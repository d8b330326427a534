import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COLLECTIONS, CRS, follow, LAYERS, type Link, linkOf, OPEN_LAYERS } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true, publicUrl: 'http://layers.example' });
});
afterAll(() => service.stop());

const get = async (path: string) => (await service.api.get(path).expect(200)).body;
const midnightAfter = (ms: number) =>
  new Date(Math.ceil(ms / 86_400_000) * 86_400_000).toISOString().replace('.000', '');
const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';

describe('ogcapi-common-1/core, ogcapi-features-1/core: the landing page', () => {
  test.each(['/v1', '/v1/', '/v1/?f=json'])(
    'at %s links to the API, its conformance and the layers',
    async (path) => {
      const answer = await service.api
        .get(path)
        .expect(200)
        .expect('Content-Type', /application\/json/);
      const { links, title } = answer.body;
      expect(title).toBe('Tripoint (exercise Demo)');
      for (const rel of ['self', 'service-desc', 'service-doc', 'conformance', 'data'])
        await service.api.get(new URL(linkOf(links, rel).href).pathname).expect(200);
      expect(linkOf(links, 'service-desc').type).toBe(OPENAPI);
      expect(linkOf(links, 'data').href).toMatch(/\/v1\/collections$/);
    },
  );

  test('links to the OpenAPI document, which has the type of the link', async () => {
    const { links } = await get('/v1/');
    const { type, expected, body } = await follow(service.api, linkOf(links, 'service-desc'));
    expect(type).toBe(expected);
    expect((body as { openapi: string }).openapi).toBe('3.0.3');
  });

  test('uses PUBLIC_URL', async () => {
    const { body } = await service.apiWith({ publicUrl: 'https://maps.example' }).get('/v1/').expect(200);
    for (const { href } of body.links) expect(href).toMatch(/^https:\/\/maps\.example\//);
  });
});

describe('ogcapi-common-2/collections, ogcapi-features-1/core: the layers', () => {
  test('are complete, each with what clients look for', async () => {
    const { collections } = await get('/v1/collections');
    expect(collections.map(({ id }: { id: string }) => id)).toEqual(OPEN_LAYERS);
    const { body } = await service.api
      .get('/v1/collections')
      .set(as(keyOf('TUN', 'reader')))
      .expect(200);
    expect(body.collections.map(({ id }: { id: string }) => id)).toEqual(LAYERS);
    for (const collection of collections) {
      expect(collection).toMatchObject({
        itemType: 'feature',
        title: expect.any(String),
        description: expect.any(String),
      });
      expect(linkOf(collection.links, 'items').type).toBe('application/geo+json');
      expect(await get(`/v1/collections/${collection.id}`)).toEqual(collection);
    }
  });

  test.each(LAYERS)('link from %s to its parts, which have the types of the links', async (id) => {
    const { links }: { links: Link[] } = await get(`/v1/collections/${id}`);
    const rels = [
      'self',
      'items',
      'describedby',
      ...['schema', 'queryables', 'sortables'].map((rel) => `http://www.opengis.net/def/rel/ogc/1.0/${rel}`),
    ];
    for (const rel of rels) {
      const { type, expected } = await follow(service.api, linkOf(links, rel));
      expect(type).toContain(expected);
    }
  });

  test('have an extent in tenths of degrees around the visible rows', async () => {
    for (const { id, geometry } of COLLECTIONS) {
      const { extent, crs, storageCrs } = await get(`/v1/collections/${id}`);
      if (!geometry) {
        expect([extent, crs, storageCrs]).toEqual([undefined, [CRS.crs84], undefined]);
        continue;
      }
      expect(crs).toContain(storageCrs);
      // none of them is for everyone
      if (id === 'alerts') {
        expect(extent).toBeUndefined();
        continue;
      }
      const [west, south, east, north] = extent.spatial.bbox[0];
      const { features } = await get(`/v1/collections/${id}/items?limit=10000`);
      const positions: [number, number][] = features.flatMap(
        (feature: { geometry: { coordinates: unknown[] } }) => pairs(feature.geometry.coordinates),
      );
      const [lons, lats] = [0, 1].map((axis) => positions.map((position) => position[axis as 0 | 1]));
      for (const [edge, inner, direction] of [
        [west, Math.min(...lons!), 1],
        [south, Math.min(...lats!), 1],
        [east, Math.max(...lons!), -1],
        [north, Math.max(...lats!), -1],
      ]) {
        expect((inner - edge) * direction).toBeGreaterThanOrEqual(0);
        expect((inner - edge) * direction).toBeLessThan(0.1001);
        expect(edge * 10).toBeCloseTo(Math.round(edge * 10), 9);
      }
    }
  });

  test('have a temporal extent in whole days; an open end lasts until today', async () => {
    const { extent } = await get('/v1/collections/incidents');
    const { features } = await get('/v1/collections/incidents/items?sortby=occurredAt&limit=1');
    const { occurredAt } = features[0].properties;
    const [[first, last]] = extent.temporal.interval;
    expect(first).toBe(`${occurredAt.slice(0, 10)}T00:00:00Z`);
    // extents are a minute old at most
    expect([midnightAfter(Date.now() - 60_000), midnightAfter(Date.now())]).toContain(last);
    // zones that stand, and none that ends later
    expect((await get('/v1/collections/zones')).extent.temporal.interval[0][1]).toBe(last);
    expect((await get('/v1/collections/segments')).extent.temporal).toBeUndefined();
  });
});

function pairs(coordinates: unknown): [number, number][] {
  const list = coordinates as unknown[];
  return typeof list[0] === 'number' ? [list as [number, number]] : list.flatMap(pairs);
}

describe('ogcapi-features-1/oas30: the API document', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the test walks freely in the document
  let document: any;
  beforeAll(async () => {
    document = JSON.parse((await service.api.get('/v1/openapi.json').expect(200)).text ?? '{}');
  });
  const resolved = (parameter: { $ref?: string }) =>
    parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1)!] : parameter;
  const parametersOf = (id: string) =>
    document.paths[`/collections/${id}/items`].get.parameters.map(resolved);
  const named = (id: string, name: string) =>
    parametersOf(id).find((parameter: { name: string }) => parameter.name === name);

  test('has the core parameters in the form of the standard', () => {
    for (const id of LAYERS) {
      expect(named(id, 'limit').schema).toEqual({
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        default: 100,
      });
      expect(named(id, 'bbox')).toMatchObject({
        style: 'form',
        explode: false,
        schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
      });
      expect(named(id, 'datetime')).toMatchObject({
        style: 'form',
        explode: false,
        schema: { type: 'string' },
      });
      expect(named(id, 'resultType').schema.enum).toContain('hits');
    }
  });

  test('shares the parameter limit under that name, with a high maximum', () => {
    expect(document.components.parameters.limit.schema).toMatchObject({ maximum: 10_000, default: 100 });
    for (const id of LAYERS)
      expect(document.paths[`/collections/${id}/items`].get.parameters).toContainEqual({
        $ref: '#/components/parameters/limit',
      });
  });

  test('has a query parameter with explicit style for each single-valued property', () => {
    for (const { id, fields, filters } of COLLECTIONS)
      for (const { name } of fields) {
        const parameter = named(id, name);
        if (!parameter) continue;
        expect(parameter).toMatchObject({ in: 'query', style: 'form', explode: false });
        if (!Object.hasOwn(filters, name)) expect(parameter.schema.type).toEqual(expect.any(String));
      }
  });

  test('refers to nothing outside itself', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, reference]) => reference!,
    );
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !reference.startsWith('#/'))).toEqual([]);
  });
});
