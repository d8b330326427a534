import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CRS, LAYERS, type Link, linkOf, OPEN_LAYERS, pathOf } from '../support/ogc.ts';
import { startService, type TestService } from '../support/service.ts';

// What each client looks for before it does its best; GDAL itself is run by gdal.test.ts.
let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true });
});
afterAll(() => service.stop());

const get = async (path: string) => (await service.api.get(path).expect(200)).body;

describe('QGIS', () => {
  test('finds the OpenAPI document, the layers and the conformance from the landing page', async () => {
    const { links } = await get('/v1/');
    expect(linkOf(links, 'service-desc').type).toBe('application/vnd.oai.openapi+json;version=3.0');
    const data = pathOf(linkOf(links, 'data').href);
    for (const id of LAYERS) expect((await get(`${data}/${id}`)).id).toBe(id);
    expect((await get(pathOf(linkOf(links, 'conformance').href))).conformsTo).toEqual(expect.any(Array));
  });

  test('finds all classes for which it sends filters', async () => {
    const { conformsTo } = await get('/v1/conformance');
    const cql2 = (name: string) => `http://www.opengis.net/spec/cql2/1.0/conf/${name}`;
    expect(conformsTo).toEqual(
      expect.arrayContaining([
        'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
        'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter',
        'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter',
        'http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas',
        ...[
          'cql2-text',
          'basic-cql2',
          'advanced-comparison-operators',
          'case-insensitive-comparison',
          'basic-spatial-operators',
          'basic-spatial-functions',
        ].map(cql2),
      ]),
    );
  });

  test('pages by next links of type GeoJSON, from features with an id', async () => {
    const { links, features, numberMatched } = await get('/v1/collections/segments/items?limit=2');
    expect(linkOf(links, 'next').type).toBe('application/geo+json');
    expect(features.every(({ id }: { id: unknown }) => typeof id === 'string')).toBe(true);
    expect(numberMatched).toBe(50);
  });

  test('reads queryables as a JSON Schema, with a geometry that has no type and times that have a format', async () => {
    const answer = await service.api
      .get('/v1/collections/incidents/queryables')
      .set('Accept', 'application/schema+json')
      .expect(200)
      .expect('Content-Type', /^application\/schema\+json/);
    const { properties } = JSON.parse(answer.text);
    expect(properties.geometry).toEqual({ title: 'Geometry', $ref: 'https://geojson.org/schema/Point.json' });
    expect(properties.occurredAt).toMatchObject({ type: 'string', format: 'date-time' });
  });

  test.each([
    `("kind" = 'fire') AND (S_INTERSECTS(geometry, BBOX(7.5,30,12,37)))`,
    `(CASEI("placeText") LIKE CASEI('%wadi%')) OR ("placeText" IS NULL)`,
    `("occurredAt" >= TIMESTAMP('2026-09-01T00:00:00Z')) AND ("kind" NOT LIKE 'smug%')`,
    `("borderKm" * 2 > 10) AND ("countsBest" BETWEEN 0 AND 100)`,
    `"kind" IN ('fire','distress')`,
  ])('sends %s', async (filter) => {
    const { body } = await service.api
      .get('/v1/collections/incidents/items')
      .query({ filter, 'filter-lang': 'cql2-text', 'filter-crs': CRS.crs84, limit: 10 })
      .expect(200);
    expect(body.features.length).toBeGreaterThan(0);
  });
});

describe('OWSLib', () => {
  test('gets JSON at the URL with a slash, without an Accept header', async () => {
    const { headers } = await service.api.get('/v1/').unset('Accept').expect(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  test('sees that every layer has features', async () => {
    const { collections } = await get('/v1/collections');
    expect(collections.map(({ itemType }: { itemType: string }) => itemType)).toEqual(
      OPEN_LAYERS.map(() => 'feature'),
    );
  });

  test('finds the OpenAPI document by its type', async () => {
    const { links }: { links: Link[] } = await get('/v1/');
    const [document] = links.filter(({ rel, type }) => rel === 'service-desc' && /openapi\+json/.test(type));
    expect((await service.api.get(pathOf(document!.href)).expect(200)).headers['content-type']).toBe(
      document!.type,
    );
  });
});

describe('a browser page of another site', () => {
  test('may read layers and the headers for paging and CRS', async () => {
    const { headers } = await service.api
      .get('/v1/collections/segments/items?limit=1')
      .set('Origin', 'https://maps.example')
      .expect(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    for (const name of ['Link', 'Content-Crs', 'OGC-NumberMatched', 'OGC-NumberReturned', 'ETag'])
      expect(headers['access-control-expose-headers']).toContain(name);
    expect(headers.link).toMatch(/rel="next"; type="application\/geo\+json"/);
  });
});
