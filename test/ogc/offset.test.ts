import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { hasOwslib, OgcApiEndpoint, owslib } from '../support/ogc.clients.ts';
import { CRS, OPEN_LAYERS } from '../support/ogc.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let http: HttpClient;
let ids: string[];
const SEGMENTS = '/v1/collections/segments/items';
beforeAll(async () => {
  service = await startService({ withDemo: true });
  http = await openClient(service.app);
  ids = (await get(`${SEGMENTS}?limit=1000`)).features.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await http.close();
  await service.stop();
});

const get = async (path: string) => (await service.api.get(path).expect(200)).body;
const idsOf = ({ features }: { features: { id: string }[] }) => features.map(({ id }) => id);
const refused = async (query: object, path = SEGMENTS) =>
  (await service.api.get(path).query(query).expect(400)).body;

describe('offset and startIndex', () => {
  test.each(['offset', 'startIndex'])('%s skips features in the order of the layer', async (name) => {
    const page = await get(`${SEGMENTS}?limit=5&${name}=7`);
    expect(idsOf(page)).toEqual(ids.slice(7, 12));
    expect(page.numberMatched).toBe(ids.length);
    const all: string[] = [];
    for (let n = 0; n < ids.length; n += 9) all.push(...idsOf(await get(`${SEGMENTS}?limit=9&${name}=${n}`)));
    expect(all).toEqual(ids);
  });

  test('the next link goes on by cursor, and no page behind the first claims to be all', async () => {
    const { links, ...page } = await get('/v1/collections/incidents/items?limit=10&offset=20');
    const next = new URL(links.find(({ rel }: { rel: string }) => rel === 'next').href);
    expect([next.searchParams.has('offset'), next.searchParams.has('cursor')]).toEqual([false, true]);
    const all = idsOf(await get('/v1/collections/incidents/items?limit=40'));
    expect([...idsOf(page), ...idsOf(await get(next.pathname + next.search))]).toEqual(all.slice(20));
    const { features, numberMatched } = await get(`${SEGMENTS}?ids=${ids[0]},${ids[1]}&offset=1`);
    expect([idsOf({ features }), numberMatched]).toEqual([[ids[1]], 2]);
  });

  test('works with sortby, filters and pages for browsers', async () => {
    const sorted = idsOf(await get(`${SEGMENTS}?sortby=-fromKm&border=LBY-TUN&limit=100`));
    expect(idsOf(await get(`${SEGMENTS}?sortby=-fromKm&border=LBY-TUN&limit=3&offset=2`))).toEqual(
      sorted.slice(2, 5),
    );
    const { text } = await service.api.get(`${SEGMENTS}?f=html&limit=5&offset=5`).expect(200);
    expect(text).toMatch(/<a href="\/v1\/collections\/segments\/items\?f=html&amp;limit=5">First page/);
  });

  test('deep offsets are refused with the way on', async () => {
    await get('/v1/collections/incidents/items?offset=10000&limit=1');
    const { errors } = await refused({ offset: 10_001 });
    expect(errors).toMatchObject([{ path: 'offset', code: 'offset-too-deep', params: { most: 10_000 } }]);
    expect(errors[0].message).toMatch(/follow the `next` link/);
  });

  test('two different names of one thing are refused, and so is an offset into a file', async () => {
    expect((await refused({ offset: 1, startIndex: 2 })).errors[0].code).toBe('offset-twice');
    await get(`${SEGMENTS}?offset=1&startIndex=1`);
    expect((await refused({ offset: 1, f: 'csv' })).errors[0].code).toBe('offset-of-file');
    await service.api.get(`${SEGMENTS}?offset=0&f=csv`).expect(200);
  });
});

describe('a file with limit', () => {
  const idsIn: Record<string, (bytes: Buffer) => string[]> = {
    fgb: (bytes) => readFlatGeobuf(bytes).features.map(({ properties }) => String(properties.id)),
    'fgb-stream': (bytes) => readFlatGeobuf(bytes).features.map(({ properties }) => String(properties.id)),
    csv: (bytes) => [...String(bytes).matchAll(/^([A-Z]{3}-[A-Z]{3}-\d\d),/gm)].map(([, id]) => id!),
  };

  test.each(Object.keys(idsIn))('as %s links to the next one until all are read', async (f) => {
    const read: string[] = [];
    let next: string | undefined = `${http.base}${SEGMENTS}?f=${f}&limit=17`;
    for (let files = 0; next; files++) {
      expect(files).toBeLessThan(3);
      const answer: Response = await fetch(next);
      const found = idsIn[f]!(Buffer.from(await answer.arrayBuffer())).sort();
      expect(found).toHaveLength(files < 2 ? 17 : ids.length - 34);
      read.push(...found);
      const link = answer.headers.get('link');
      if (link) expect(link).toMatch(f === 'csv' ? /type="text\/csv"$/ : /type="application\/flatgeobuf"$/);
      next = link?.match(/^<([^>]+)>; rel="next"/)?.[1];
    }
    expect(read).toEqual(ids.toSorted());
  });

  test('has no next one if it is the whole layer, or in another order', async () => {
    for (const query of [
      'f=csv&limit=1000',
      `f=csv&limit=${ids.length}`,
      'f=csv',
      'f=csv&limit=5&sortby=toKm',
    ])
      expect((await fetch(`${http.base}${SEGMENTS}?${query}`)).headers.get('link')).toBeNull();
  });
});

describe('spellings', () => {
  test.each([
    ['EPSG:4326', CRS.wgs84],
    ['[EPSG:3857]', CRS.mercator],
    ['urn:ogc:def:crs:EPSG::4326', CRS.wgs84],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', CRS.crs84],
    ['OGC:CRS84', CRS.crs84],
    ['https://www.opengis.net/def/crs/EPSG/0/4326', CRS.wgs84],
  ])('crs=%s is the system of that name, with its order of axes', async (crs, uri) => {
    const path = `${SEGMENTS}/${ids[0]}`;
    const named = await service.api.get(path).query({ crs }).expect(200).expect('Content-Crs', `<${uri}>`);
    const { body } = await service.api.get(path).query({ crs: uri }).expect(200);
    expect(named.body.geometry).toEqual(body.geometry);
    const box = { 'bbox-crs': crs, bbox: '0,0,1,1', 'filter-crs': crs, filter: "id = 'x'" };
    await service.api.get(SEGMENTS).query(box).expect(200);
  });

  test.each(['EPSG:2154', 'EPSG:43260', '4326', 'urn:ogc:def:crs:EPSG::1'])(
    'crs=%s is refused',
    async (crs) => {
      expect((await refused({ crs })).errors[0].path).toBe('crs');
    },
  );

  test.each(['True', 'TRUE', 'true'])('skipGeometry=%s', async (skipGeometry) => {
    const { body } = await service.api.get(SEGMENTS).query({ skipGeometry, limit: 1 }).expect(200);
    expect(body.features[0].geometry).toBeNull();
    expect((await refused({ skipGeometry: 'yes' })).errors[0].path).toBe('skipGeometry');
  });
});

describe('@camptocamp/ogc-client', () => {
  const endpoint = () => new OgcApiEndpoint(`${http.base}/v1/`);

  test('finds the layers, those with tiles, and no records', async () => {
    const found = await endpoint().allCollections;
    expect(found.map(({ name }) => name)).toEqual(OPEN_LAYERS);
    expect(found.filter(({ hasVectorTiles }) => !hasVectorTiles).map(({ name }) => name)).toEqual([
      'agencies',
    ]);
    expect(await endpoint().hasFeatures).toBe(true);
  });

  test('lists the formats and the files of a layer', async () => {
    const info = await endpoint().getCollectionInfo('segments');
    const files = {
      'text/csv': 'csv',
      'application/geo+json-seq': 'geojsonseq',
      'application/flatgeobuf': 'fgb',
      'application/geopackage+sqlite3': 'gpkg',
      'application/vnd.apache.parquet': 'parquet',
    };
    expect(Object.keys(info.bulkDownloadLinks).sort()).toEqual(Object.keys(files).sort());
    expect(info.itemFormats).toEqual(expect.arrayContaining(['application/geo+json', ...Object.keys(files)]));
    for (const [type, href] of Object.entries(info.bulkDownloadLinks)) {
      const { pathname, search } = new URL(href);
      expect(search).toBe(`?f=${files[type as keyof typeof files]}`);
      const { headers } = await service.api
        .head(pathname + search)
        .redirects(1)
        .expect(200);
      expect(headers['content-type']!.split(';')[0]).toBe(type);
    }
    expect(info.queryables.map(({ name }) => name)).toContain('impactLevel');
    expect(info.supportedTileMatrixSets).toEqual(['WebMercatorQuad']);
  });

  test('reads all pages by offset, without geometry, in another system', async () => {
    const all: unknown[] = [];
    for (let n = 0; n < ids.length; n += 20) {
      const page = await endpoint().getCollectionItems('segments', 20, n, true);
      all.push(...page.map(({ id }) => id));
      expect(page.every(({ geometry }) => geometry === null)).toBe(true);
    }
    expect(all).toEqual(ids);
    const url = await endpoint().getCollectionItemsUrl('segments', { limit: 1, outputCrs: 'EPSG:3857' });
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-crs')]).toEqual([200, `<${CRS.mercator}>`]);
    const file = { outputFormat: 'application/flatgeobuf' };
    expect(await endpoint().getCollectionItemsUrl('segments', file)).toMatch(/f=fgb$/);
  });

  test('finds the address of the tiles', async () => {
    const url = new URL(await endpoint().getVectorTilesetUrl('segments'));
    expect(url.pathname).toBe('/v1/collections/segments/tiles/WebMercatorQuad');
  });
});

const withOwslib = hasOwslib ? describe : describe.skip;
withOwslib('OWSLib (skipped without python3-owslib)', () => {
  test('reads a page by offset', async () => {
    const { collections, items } = await owslib(`${http.base}/v1/`, 'segments', {
      limit: 4,
      offset: 6,
      skipGeometry: true,
    });
    expect(collections).toEqual(OPEN_LAYERS);
    expect(idsOf(items)).toEqual(ids.slice(6, 10));
  });

  test('reads a box', async () => {
    const { items } = await owslib(`${http.base}/v1/`, 'segments', { bbox: [8, 35, 9, 36], limit: 100 });
    expect(idsOf(items)).toEqual(idsOf(await get(`${SEGMENTS}?bbox=8,35,9,36`)));
  });
});
