import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { addAlerts } from '../support/alerts.ts';
import { nextOf, readPages } from '../support/builders.pages.ts';
import { idsOf, reference } from '../support/builders.reference.ts';
import { anIncident } from '../support/builders.ts';
import { addIndicators } from '../support/indicators.ts';
import { COLLECTIONS, LAYERS } from '../support/ogc.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
beforeAll(async () => {
  service = await startService({ withDemo: true });
  await addAlerts(service, agencyOf(keyOf('TUN', 'reader')));
  await addIndicators(service);
});
afterAll(() => service.stop());

interface Item {
  id: string;
  geometry: unknown;
  properties: Record<string, unknown>;
}

const get = (path: string) => service.api.get(`/v1/collections/${path}`).set(reader);
const list = async (path: string): Promise<{ features: Item[]; numberMatched?: number; links: [] }> =>
  (await get(path).expect(200)).body;
const featuresOf = (pages: { features: Item[] }[]): Item[] => pages.flatMap(({ features }) => features);

// test/impact/layer.test.ts has the layer of impact levels, whose noun is a segment
const LISTED = COLLECTIONS.filter(({ id }) => id !== 'impact');
/** Where joint procedures may be in force. */
const WITH_PROCEDURES = ['segments', 'crossings', 'zones', 'incidents'];

describe.each(LISTED.map((collection) => [collection.id, collection] as const))(
  'ogcapi-features-1/core, ogcapi-features-1/geojson: the layer of %s',
  (id, collection) => {
    test('has the features of the list of the noun, in the same order', async () => {
      const { body } = await service.api.get(`/v1/${id}?limit=10000`).set(reader).expect(200);
      const { features } = await list(`${id}/items?limit=10000`);
      expect(features.length).toBeGreaterThan(0);
      expect(features.map((one) => [one.id, one.geometry])).toEqual(
        body.features.map((one: Item) => [one.id, one.geometry]),
      );
    });

    test('has flat properties of the types of its fields, in their order', async () => {
      const { features } = await list(`${id}/items?limit=10000`);
      const types = {
        text: 'string',
        list: 'string',
        instant: 'string',
        integer: 'number',
        number: 'number',
      };
      for (const { properties } of features) {
        expect(Object.keys(properties)).toEqual(collection.fields.map(({ name }) => name));
        for (const field of collection.fields) {
          const value = properties[field.name];
          const type = typeOf(field);
          if (value !== null)
            expect([field.name, typeof value]).toEqual([field.name, { ...types, boolean: 'boolean' }[type]]);
        }
      }
      const seen = collection.fields.filter(({ name }) =>
        features.some(({ properties }) => properties[name] !== null),
      );
      expect(seen.length).toBeGreaterThan(collection.fields.length / 2);
    });

    test('gives each feature once along its next links, and the same one by its id', async () => {
      const whole = await list(`${id}/items?limit=10000`);
      const pages = await readPages(service.api, `/v1/collections/${id}/items?limit=7`, reader);
      expect(featuresOf(pages)).toEqual(whole.features);
      const [first] = whole.features;
      const { body } = await get(`${id}/items/${first!.id}`).expect(200);
      expect(body).toMatchObject(first as object);
      const rels = ['self', 'alternate', 'collection', ...(WITH_PROCEDURES.includes(id) ? ['related'] : [])];
      expect(body.links.map(({ rel }: { rel: string }) => rel)).toEqual(rels);
    });

    test('shows the total on the first page if counting is cheap, and on request everywhere', async () => {
      const whole = await list(`${id}/items?limit=10000`);
      const page = await get(`${id}/items?limit=1`).expect(200);
      expect(page.body.numberMatched).toBe(whole.features.length);
      expect(page.headers['ogc-numberreturned']).toBe('1');
      const hits = await get(`${id}/items?resultType=hits&limit=1`).expect(200);
      expect(hits.body).toMatchObject({
        numberMatched: whole.features.length,
        numberReturned: 0,
        features: [],
      });
      expect(hits.headers['ogc-numbermatched']).toBe(String(whole.features.length));
      expect(nextOf(hits.body)).toBeUndefined();
    });

    test('refuses unknown parameters and values, naming them', async () => {
      for (const [query, name] of [
        ['colour=red', 'colour'],
        ['limit=0', 'limit'],
        ['bbox=1,2,3', 'bbox'],
        ['datetime=yesterday', 'datetime'],
        ['properties=colour', 'properties'],
        ['sortby=colour', 'sortby'],
        ['crs=EPSG:9999', 'crs'],
        ['bbox-crs=EPSG:9999', 'bbox-crs'],
        ['f=shp', 'f'],
        ['resultType=all', 'resultType'],
      ]) {
        const { body } = await get(`${id}/items?${query}`).expect(400);
        expect([query, body.errors[0].path]).toEqual([query, name]);
      }
    });

    test('is 404 for a missing id of any form', async () => {
      for (const one of ['unknown_id', 'DZA-TUN-99', '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10', 'É'])
        await get(`${id}/items/${encodeURIComponent(one)}`).expect(404);
    });

    test('has an ETag and answers 304 to it', async () => {
      const { headers } = await get(`${id}/items?limit=2`).expect(200);
      await get(`${id}/items?limit=2`).set('If-None-Match', headers.etag!).expect(304);
    });

    test('can be filtered by any of its properties', async () => {
      const { features } = await list(`${id}/items?limit=10000`);
      for (const field of collection.fields) {
        const { name } = field;
        const value = features.find(({ properties }) => properties[name] !== null)?.properties[name];
        if (value === undefined || typeOf(field) === 'list') continue;
        const found = await get(`${id}/items`).query({ [name]: String(value), limit: 10000 });
        expect([name, found.status]).toEqual([name, 200]);
        expect([name, ...found.body.features.map((one: Item) => one.id)]).toEqual([
          name,
          ...features.filter(({ properties }) => properties[name] === value).map((one) => one.id),
        ]);
      }
    });
  },
);

describe('the filters of the noun', () => {
  test.each([
    ['crossings', 'border=LBY-TUN&state=open,restricted'],
    ['segments', 'country=TUN'],
    ['agencies', 'function=search_rescue&country=DZA,TUN'],
    ['zones', 'state=active&country=LBY&datetime=2026-01-01/..'],
    ['incidents', 'kind=distress,fire&datetime=2026-10-01/..'],
    ['incidents', 'within=exercise-jefara&severity=severe'],
  ])('apply to the layer of %s too: %s', async (id, query) => {
    const { body } = await service.api.get(`/v1/${id}?${query}&limit=1000`).set(reader).expect(200);
    const { features } = await list(`${id}/items?${query}&limit=1000`);
    expect(features.length).toBeGreaterThan(0);
    expect(features.map((one) => one.id)).toEqual(body.features.map((one: Item) => one.id));
  });

  test('are 404 for a missing zone, on pages and for hits', async () => {
    for (const query of ['within=nowhere', 'within=nowhere&resultType=hits']) {
      const { body } = await get(`incidents/items?${query}`).expect(400);
      expect(body.detail).toMatch(/no zone with id nowhere/);
    }
  });
});

describe('ids', () => {
  test('keep only those, and a malformed id matches nothing', async () => {
    const { features } = await list('crossings/items?ids=ras-ajdir,bouchebka,nowhere');
    expect(idsOf(features)).toEqual(['bouchebka', 'ras-ajdir']);
    const incidents = await list('incidents/items?limit=2');
    const asked = [...incidents.features.map((one) => one.id), 'no-uuid'];
    expect((await list(`incidents/items?ids=${asked}`)).features).toEqual(incidents.features);
  });
});

describe('properties and skipGeometry', () => {
  test('omit what is not requested', async () => {
    const { features } = await list('segments/items?properties=toKm,nameEn&skipGeometry=true&limit=1');
    expect(features[0]).toMatchObject({ geometry: null });
    expect(Object.keys(features[0]!.properties)).toEqual(['nameEn', 'toKm']);
    const { body } = await get('segments/items/DZA-TUN-07?properties=nameEn&skipGeometry=true').expect(200);
    expect(body).toMatchObject({ geometry: null, properties: { nameEn: expect.any(String) } });
  });
});

describe('a caller', () => {
  test('sees only its rows in layers and counts', async () => {
    const change = { tlp: 'RED', source: 'only-ours' };
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident(change))
      .expect(201);
    const path = '/v1/collections/incidents/items?source=only-ours';
    for (const [key, count] of [
      [keyOf('TUN', 'reporter'), 1],
      [keyOf('DZA', 'reporter'), 0],
    ] as const) {
      const page = await service.api.get(path).set(as(key)).expect(200);
      const hits = await service.api.get(`${path}&resultType=hits`).set(as(key)).expect(200);
      expect([page.body.features.length, hits.body.numberMatched]).toEqual([count, count]);
    }
    const { body } = await service.api.get(`${path}&resultType=hits`).expect(200);
    expect(body.numberMatched).toBe(0);
  });
});

test('agencies have no geometry', async () => {
  const { features } = await list('agencies/items?bbox=8,33,9,34');
  expect(features.length).toBe(reference.agencies.length);
  expect(features.every(({ geometry }) => geometry === null)).toBe(true);
});

test('a missing layer is 404, naming the existing ones', async () => {
  const { body } = await get('rivers').expect(404);
  expect(body.detail).toContain(LAYERS.join(', '));
});
