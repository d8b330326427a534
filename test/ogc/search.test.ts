import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entriesSoon } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { importIncidents } from '../support/served.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
const SOME = 25;

beforeAll(async () => {
  service = await startService();
  await importIncidents(
    service,
    Array.from({ length: SOME }, (_, n) =>
      anIncident({
        at: [8 + n / 100, 35],
        kind: n % 2 ? 'fire' : 'flood',
        placeText: n === 3 ? 'Bir Zar, the well' : undefined,
        source: 'search',
        externalId: `s-${String(n).padStart(2, '0')}`,
        counts: { best: n },
        tlp: n === 7 ? 'AMBER+STRICT' : 'CLEAR',
      }),
    ),
  );
});
afterAll(() => service.stop());

const search = (body: object, headers: Record<string, string> = reader, layer = 'incidents') =>
  service.api.post(`/v1/collections/${layer}/search`).set(headers).send(body);
interface Feature {
  properties: { externalId: string };
}
const names = ({ features }: { features: Feature[] }) =>
  features.map(({ properties }) => properties.externalId);
const found = async (body: object, headers: Record<string, string> = reader): Promise<string[]> =>
  names((await search(body, headers).expect(200)).body);
const items = async (query: string): Promise<string[]> =>
  names((await service.api.get(`/v1/collections/incidents/items?${query}`).set(reader).expect(200)).body);

const square = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const isFire = { op: '=', args: [{ property: 'kind' }, 'fire'] };

describe('a question in a body has the answer of the same parameters', () => {
  test.each([
    [{ limit: 5 }, 'limit=5'],
    [{ bbox: [8.045, 34, 8.105, 36], sortby: ['countsBest'] }, 'bbox=8.045,34,8.105,36&sortby=countsBest'],
    [{ bbox: '8.045,34,8.105,36' }, 'bbox=8.045,34,8.105,36'],
    [
      { kind: ['fire'], sortby: '-countsBest,externalId', limit: 3 },
      'kind=fire&sortby=-countsBest,externalId&limit=3',
    ],
    [{ filter: isFire }, 'filter=kind%3D%27fire%27'],
    [{ filter: "kind = 'fire'" }, 'filter=kind%3D%27fire%27'],
    [{ filter: JSON.stringify(isFire), 'filter-lang': 'cql2-json' }, 'filter=kind%3D%27fire%27'],
    [{ countsBest: 4 }, 'countsBest=4'],
    [{ q: ['bir zar'] }, 'q=bir+zar'],
    [
      { datetime: '2026-02-01T00:00:00Z/..', nature: ['actual'] },
      'datetime=2026-02-01T00:00:00Z/..&nature=actual',
    ],
    [{ offset: 20, limit: 3 }, 'offset=20&limit=3'],
  ])('%j', async (body, query) => {
    expect(await found(body)).toEqual(await items(query));
  });

  test('with properties, precision, skipGeometry and crs', async () => {
    const shown = { properties: ['kind'], precision: 1, limit: 1, countsBest: 4 };
    const { body, headers } = await search({ ...shown, crs: 'http://www.opengis.net/def/crs/EPSG/0/4326' });
    expect(body.features[0]).toMatchObject({
      geometry: { coordinates: [35, 8] },
      properties: { kind: 'flood' },
    });
    expect(Object.keys(body.features[0].properties)).toEqual(['kind']);
    expect(headers['content-crs']).toMatch(/4326/);
    const { body: bare } = await search({ ...shown, skipGeometry: true });
    expect(bare.features[0].geometry).toBeNull();
  });

  test('and counts with resultType=hits', async () => {
    const { body } = await search({ resultType: 'hits', filter: isFire }).expect(200);
    expect(body).toMatchObject({ numberMatched: 12, numberReturned: 0, features: [] });
  });
});

describe('intersects', () => {
  const near = square(8.035, 34.9, 8.085, 35.1);

  test('selects by a geometry, together with a filter in text or JSON', async () => {
    const all = ['s-08', 's-07', 's-06', 's-05', 's-04'];
    expect(await found({ intersects: near, sortby: ['-externalId'] })).toEqual(all);
    const fires = ['s-07', 's-05'];
    expect(await found({ intersects: near, filter: isFire, sortby: ['-externalId'] })).toEqual(fires);
    expect(await found({ intersects: near, filter: "kind = 'fire'", sortby: ['-externalId'] })).toEqual(
      fires,
    );
  });

  test('takes a polygon that no address can hold', async () => {
    const ring = Array.from({ length: 2000 }, (_, n) => {
      const turn = (2 * Math.PI * n) / 2000;
      return [8.06 + 0.025 * Math.cos(turn), 35 + 0.1 * Math.sin(turn)];
    });
    const intersects = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    expect(JSON.stringify(intersects).length).toBeGreaterThan(70_000);
    expect(await found({ intersects, sortby: ['externalId'] })).toEqual([
      's-04',
      's-05',
      's-06',
      's-07',
      's-08',
    ]);
  });

  test('may be in another system', async () => {
    const intersects = square(894_457, 4_100_000, 900_023, 4_200_000);
    const body = {
      intersects,
      'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/3857',
      sortby: ['externalId'],
    };
    expect(await found(body)).toEqual(['s-04', 's-05', 's-06', 's-07', 's-08']);
  });

  test('is refused on a layer without places', async () => {
    await search({ intersects: near }, reader, 'agencies').expect(400);
    await search({ q: ['garde'] }, reader, 'agencies').expect(200);
  });
});

describe('pages', () => {
  interface Link {
    rel: string;
    href: string;
    method?: string;
    merge?: boolean;
    body?: object;
  }
  async function walk(question: object): Promise<string[]> {
    const all: string[] = [];
    let asked = question;
    for (;;) {
      const { body } = await search(asked).expect(200);
      all.push(...names(body));
      const next = (body.links as Link[]).find(({ rel }) => rel === 'next');
      if (!next) return all;
      expect(next).toMatchObject({ method: 'POST', merge: true });
      expect(new URL(next.href).pathname).toBe('/v1/collections/incidents/search');
      asked = { ...question, ...next.body };
    }
  }

  test('follow by the body of the next link', async () => {
    expect(await walk({ limit: 4, sortby: ['countsBest'] })).toEqual(
      await items('limit=100&sortby=countsBest'),
    );
    expect(await walk({ limit: 4, offset: 10, filter: isFire })).toEqual(
      (await items('kind=fire')).slice(10),
    );
  });

  test('have no ETag, and count only if they are the whole answer', async () => {
    const { body, headers } = await search({ limit: 100 }).expect(200);
    expect([body.numberMatched, headers.etag]).toEqual([SOME, undefined]);
  });
});

describe('other formats are streams of the whole selection', () => {
  const fires = { filter: isFire, sortby: ['externalId'] };

  test('as CSV, with the limit of the body, and by Accept', async () => {
    const csv = await search({ ...fires, f: 'csv', properties: ['externalId'] }).expect(200);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers.etag).toBeUndefined();
    const rows = csv.text.trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').at(-1))).toEqual(await found(fires));
    const some = await search({ ...fires, limit: 2 })
      .set('Accept', 'text/csv')
      .expect(200);
    expect(some.text.trim().split('\r\n')).toHaveLength(1 + 2);
  });

  test.each(['geojsonseq', 'fgb-stream', 'parquet-stream'])('as %s', async (f) => {
    const { headers } = await search({ ...fires, f }).expect(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="incidents\./);
  });

  test('have no offset', async () => {
    await search({ f: 'csv', offset: 1 }).expect(400);
  });
});

test('callers see what they see elsewhere, and the audit log tells questions apart', async () => {
  expect(await found({ ids: 'none' }, {})).toEqual([]);
  expect(await found({ countsBest: 7 }, {})).toEqual([]);
  expect(await found({ countsBest: 7 })).toEqual(['s-07']);
  // a row of its own country makes an entry
  const hashes = await Promise.all(
    [{ countsBest: 7 }, { countsBest: 7, kind: ['fire'] }, { countsBest: 7 }].map(async (body) => {
      const { headers } = await search(body).expect(200);
      const [entry] = await entriesSoon(service, headers['x-request-id']!, 1);
      expect(entry).toMatchObject({ operation: 'searchItems', collection: 'incidents' });
      return entry!.filter_hash;
    }),
  );
  expect(hashes[0]).toEqual(hashes[2]);
  expect(hashes[0]).not.toEqual(hashes[1]);
});

test.each([
  [{ colour: 'red' }, 'colour'],
  [{ f: 'gpkg' }, 'f'],
  [{ bbox: [1, 2, 3] }, 'bbox'],
  [{ limit: 0 }, 'limit'],
  [{ sortby: ['colour'] }, 'sortby'],
  [{ cursor: 'x' }, undefined],
  [{ filter: { op: 'colour' } }, undefined],
  [{ intersects: { type: 'Circle' } }, undefined],
  [[], ''],
])('%j is refused', async (body, path) => {
  const { body: problem } = await search(body).expect(400);
  if (path !== undefined) expect(problem.errors[0]).toMatchObject({ in: 'body', path });
});

test('without a key, questions have the limits of filters', async () => {
  const positions = Array.from({ length: 600 }, (_, n) => [8 + n / 1000, 34 + (n % 2)]);
  const intersects = { type: 'LineString', coordinates: positions };
  expect((await search({ intersects }, {}).expect(422)).body.code).toBe('filter-too-large');
  const api = service.apiWith({ layers: { strangers: { cost: 0.001, milliseconds: 60_000 } } });
  const { body } = await api.post('/v1/collections/incidents/search').send({ filter: isFire }).expect(422);
  expect(body.code).toBe('filter-too-costly');
});

test('OPTIONS names POST, and a filter sent to the items is shown the way', async () => {
  const { headers } = await service.api.options('/v1/collections/incidents/search').expect(200);
  expect(headers.allow).toMatch(/POST/);
  const { body } = await service.api
    .post('/v1/collections/incidents/items')
    .set(as(keyOf('TUN', 'reporter')))
    .send(isFire)
    .expect(400);
  expect(body.detail).toMatch(/POST …\/search/);
});
